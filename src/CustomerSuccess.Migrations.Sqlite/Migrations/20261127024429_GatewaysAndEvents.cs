using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerSuccess.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class GatewaysAndEvents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_survey_invitation_survey_id_wave_no_state",
                table: "survey_invitation");

            migrationBuilder.DropIndex(
                name: "ix_mail_message_origin_origin_id",
                table: "mail_message");

            migrationBuilder.DropIndex(
                name: "ix_campaign_member_campaign_id_state_due_at",
                table: "campaign_member");

            migrationBuilder.AddColumn<long>(
                name: "at",
                table: "suggestion",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "reach",
                table: "mark",
                type: "TEXT",
                nullable: false,
                defaultValue: "All");

            migrationBuilder.AddColumn<string>(
                name: "reach_of",
                table: "mark",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "channel",
                table: "mail_message",
                type: "TEXT",
                nullable: false,
                defaultValue: "email");

            migrationBuilder.AddColumn<string>(
                name: "provider_id",
                table: "mail_message",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "event_no",
                table: "account_change",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "gateway",
                columns: table => new
                {
                    gateway_id = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    is_on = table.Column<bool>(type: "INTEGER", nullable: false),
                    url = table.Column<string>(type: "TEXT", nullable: false),
                    method = table.Column<string>(type: "TEXT", nullable: false),
                    headers = table.Column<string>(type: "TEXT", nullable: false),
                    format = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    secret = table.Column<string>(type: "TEXT", nullable: false),
                    address_from = table.Column<string>(type: "TEXT", nullable: false),
                    max_length = table.Column<int>(type: "INTEGER", nullable: false),
                    timeout_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    id_path = table.Column<string>(type: "TEXT", nullable: false),
                    conflict_means_taken = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by_email = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_gateway", x => x.gateway_id);
                });

            migrationBuilder.CreateTable(
                name: "mark_account",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    mark_id = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mark_account", x => new { x.account_no, x.mark_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_survey_invitation_survey_id_version_asked_at",
                table: "survey_invitation",
                columns: new[] { "survey_id", "version", "asked_at" },
                filter: "reminded_at IS NULL AND state IN ('Asked', 'Opened')");

            migrationBuilder.CreateIndex(
                name: "ix_survey_invitation_survey_id_wave_no_state_asked_at_opened_at_created_at",
                table: "survey_invitation",
                columns: new[] { "survey_id", "wave_no", "state", "asked_at", "opened_at", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_mail_message_origin_origin_id_status",
                table: "mail_message",
                columns: new[] { "origin", "origin_id", "status" });

            migrationBuilder.CreateIndex(
                name: "ix_campaign_member_campaign_id_state_due_at_account_no_contact_no_reasons",
                table: "campaign_member",
                columns: new[] { "campaign_id", "state", "due_at", "account_no", "contact_no", "reasons" });

            migrationBuilder.CreateIndex(
                name: "ix_account_change_event_no",
                table: "account_change",
                column: "event_no");

            migrationBuilder.CreateIndex(
                name: "ix_mark_account_mark_id",
                table: "mark_account",
                column: "mark_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "gateway");

            migrationBuilder.DropTable(
                name: "mark_account");

            migrationBuilder.DropIndex(
                name: "ix_survey_invitation_survey_id_version_asked_at",
                table: "survey_invitation");

            migrationBuilder.DropIndex(
                name: "ix_survey_invitation_survey_id_wave_no_state_asked_at_opened_at_created_at",
                table: "survey_invitation");

            migrationBuilder.DropIndex(
                name: "ix_mail_message_origin_origin_id_status",
                table: "mail_message");

            migrationBuilder.DropIndex(
                name: "ix_campaign_member_campaign_id_state_due_at_account_no_contact_no_reasons",
                table: "campaign_member");

            migrationBuilder.DropIndex(
                name: "ix_account_change_event_no",
                table: "account_change");

            migrationBuilder.DropColumn(
                name: "at",
                table: "suggestion");

            migrationBuilder.DropColumn(
                name: "reach",
                table: "mark");

            migrationBuilder.DropColumn(
                name: "reach_of",
                table: "mark");

            migrationBuilder.DropColumn(
                name: "channel",
                table: "mail_message");

            migrationBuilder.DropColumn(
                name: "provider_id",
                table: "mail_message");

            migrationBuilder.DropColumn(
                name: "event_no",
                table: "account_change");

            migrationBuilder.CreateIndex(
                name: "ix_survey_invitation_survey_id_wave_no_state",
                table: "survey_invitation",
                columns: new[] { "survey_id", "wave_no", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_mail_message_origin_origin_id",
                table: "mail_message",
                columns: new[] { "origin", "origin_id" });

            migrationBuilder.CreateIndex(
                name: "ix_campaign_member_campaign_id_state_due_at",
                table: "campaign_member",
                columns: new[] { "campaign_id", "state", "due_at" });
        }
    }
}
