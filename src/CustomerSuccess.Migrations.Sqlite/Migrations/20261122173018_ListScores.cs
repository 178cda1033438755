using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerSuccess.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ListScores : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "upsell_drivers_json",
                table: "account_score");

            migrationBuilder.AddColumn<string>(
                name: "search_text",
                table: "account_score",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.DropColumn(
                name: "drivers_json",
                table: "account_score");

            migrationBuilder.AddColumn<string>(
                name: "plays",
                table: "account_score",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "channel",
                table: "suggestion",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "fits_today",
                table: "account_score",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "account_drivers",
                columns: table => new
                {
                    score_run_id = table.Column<int>(type: "INTEGER", nullable: false),
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    churn_json = table.Column<string>(type: "TEXT", nullable: false),
                    upsell_json = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_drivers", x => new { x.score_run_id, x.account_no });
                });

            migrationBuilder.CreateIndex(
                name: "ix_suggestion_action_at",
                table: "suggestion_action",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_drivers");

            migrationBuilder.DropIndex(
                name: "ix_suggestion_action_at",
                table: "suggestion_action");

            migrationBuilder.DropColumn(
                name: "channel",
                table: "suggestion");

            migrationBuilder.DropColumn(
                name: "fits_today",
                table: "account_score");

            migrationBuilder.DropColumn(
                name: "search_text",
                table: "account_score");

            migrationBuilder.AddColumn<string>(
                name: "upsell_drivers_json",
                table: "account_score",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.DropColumn(
                name: "plays",
                table: "account_score");

            migrationBuilder.AddColumn<string>(
                name: "drivers_json",
                table: "account_score",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");
        }
    }
}
