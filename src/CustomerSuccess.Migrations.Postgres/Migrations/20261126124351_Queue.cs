using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerSuccess.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Queue : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "fits_today",
                table: "account_score");

            migrationBuilder.AddColumn<string>(
                name: "reason_args_json",
                table: "suggestion_action",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "away_until",
                table: "account_score",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "growth",
                table: "account_score",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "last_touch_on",
                table: "account_score",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "nps",
                table: "account_score",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "open_inquiries",
                table: "account_score",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "opportunity_rank",
                table: "account_score",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "product",
                table: "account_score",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<double>(
                name: "top_minutes",
                table: "account_score",
                type: "double precision",
                nullable: false,
                defaultValue: 0.0);

            migrationBuilder.AddColumn<int>(
                name: "upsell_away_until",
                table: "account_score",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "upsell_minutes",
                table: "account_score",
                type: "double precision",
                nullable: false,
                defaultValue: 0.0);

            migrationBuilder.AddColumn<string>(
                name: "upsell_play",
                table: "account_score",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<double>(
                name: "upsell_value_per_minute",
                table: "account_score",
                type: "double precision",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "absence",
                columns: table => new
                {
                    email = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    absence_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    from = table.Column<int>(type: "integer", nullable: false),
                    until = table.Column<int>(type: "integer", nullable: false),
                    note = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    created_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_absence", x => new { x.email, x.absence_id });
                });

            migrationBuilder.CreateTable(
                name: "assignment_rule",
                columns: table => new
                {
                    rule_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    position = table.Column<int>(type: "integer", nullable: false),
                    method = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    members_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    when_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_on = table.Column<bool>(type: "boolean", nullable: false),
                    last_given = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_assignment_rule", x => x.rule_id);
                });

            migrationBuilder.CreateTable(
                name: "csm_capacity",
                columns: table => new
                {
                    email = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    week = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_csm_capacity", x => x.email);
                });

            migrationBuilder.CreateTable(
                name: "handover",
                columns: table => new
                {
                    handover_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    from_email = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    until = table.Column<int>(type: "integer", nullable: true),
                    note = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    accounts = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    by_user = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    returned_at = table.Column<long>(type: "bigint", nullable: true),
                    ended_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    undone_at = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_handover", x => x.handover_id);
                });

            migrationBuilder.CreateTable(
                name: "handover_account",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    handover_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    to_email = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    mrr = table.Column<long>(type: "bigint", nullable: false),
                    moved_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    stayed_away = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_handover_account", x => new { x.account_no, x.handover_id });
                });

            migrationBuilder.CreateTable(
                name: "saved_view",
                columns: table => new
                {
                    view_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    list = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    query = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    owner_user = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    owner_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    is_shared = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_view", x => x.view_id);
                });

            migrationBuilder.CreateTable(
                name: "view_preference",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    list = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    default_view_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    order_json = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_view_preference", x => new { x.user_id, x.list });
                });

            migrationBuilder.CreateIndex(
                name: "ix_touch_at",
                table: "touch",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_account_score_score_run_id_away_until",
                table: "account_score",
                columns: new[] { "score_run_id", "away_until" });

            migrationBuilder.CreateIndex(
                name: "ix_account_score_score_run_id_opportunity_rank",
                table: "account_score",
                columns: new[] { "score_run_id", "opportunity_rank" });

            migrationBuilder.CreateIndex(
                name: "ix_handover_account_handover_id",
                table: "handover_account",
                column: "handover_id");

            migrationBuilder.CreateIndex(
                name: "ix_saved_view_list_owner_user",
                table: "saved_view",
                columns: new[] { "list", "owner_user" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "absence");

            migrationBuilder.DropTable(
                name: "assignment_rule");

            migrationBuilder.DropTable(
                name: "csm_capacity");

            migrationBuilder.DropTable(
                name: "handover");

            migrationBuilder.DropTable(
                name: "handover_account");

            migrationBuilder.DropTable(
                name: "saved_view");

            migrationBuilder.DropTable(
                name: "view_preference");

            migrationBuilder.DropIndex(
                name: "ix_touch_at",
                table: "touch");

            migrationBuilder.DropIndex(
                name: "ix_account_score_score_run_id_away_until",
                table: "account_score");

            migrationBuilder.DropIndex(
                name: "ix_account_score_score_run_id_opportunity_rank",
                table: "account_score");

            migrationBuilder.DropColumn(
                name: "reason_args_json",
                table: "suggestion_action");

            migrationBuilder.DropColumn(
                name: "away_until",
                table: "account_score");

            migrationBuilder.DropColumn(
                name: "growth",
                table: "account_score");

            migrationBuilder.DropColumn(
                name: "last_touch_on",
                table: "account_score");

            migrationBuilder.DropColumn(
                name: "nps",
                table: "account_score");

            migrationBuilder.DropColumn(
                name: "open_inquiries",
                table: "account_score");

            migrationBuilder.DropColumn(
                name: "opportunity_rank",
                table: "account_score");

            migrationBuilder.DropColumn(
                name: "product",
                table: "account_score");

            migrationBuilder.DropColumn(
                name: "top_minutes",
                table: "account_score");

            migrationBuilder.DropColumn(
                name: "upsell_away_until",
                table: "account_score");

            migrationBuilder.DropColumn(
                name: "upsell_minutes",
                table: "account_score");

            migrationBuilder.DropColumn(
                name: "upsell_play",
                table: "account_score");

            migrationBuilder.DropColumn(
                name: "upsell_value_per_minute",
                table: "account_score");

            migrationBuilder.AddColumn<bool>(
                name: "fits_today",
                table: "account_score",
                type: "boolean",
                nullable: false,
                defaultValue: false);
        }
    }
}
