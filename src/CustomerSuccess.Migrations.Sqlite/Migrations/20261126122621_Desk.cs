using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerSuccess.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Desk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_contact_email",
                table: "contact");

            migrationBuilder.AddColumn<string>(
                name: "direction",
                table: "touch",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "next_step",
                table: "touch",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "next_step_on",
                table: "touch",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "purpose",
                table: "touch",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "recording_url",
                table: "touch",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "assignee_key",
                table: "inquiry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "category_key",
                table: "inquiry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "changed_at",
                table: "inquiry",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "channel_key",
                table: "inquiry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "customer_spoke_last",
                table: "inquiry",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "escalated_to",
                table: "inquiry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "escalation_reason",
                table: "inquiry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "first_response_due_at",
                table: "inquiry",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "imported_json",
                table: "inquiry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_settled",
                table: "inquiry",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "language",
                table: "inquiry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "merged_into",
                table: "inquiry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "next_due_at",
                table: "inquiry",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "paused_minutes",
                table: "inquiry",
                type: "REAL",
                nullable: false,
                defaultValue: 0.0);

            migrationBuilder.AddColumn<long>(
                name: "paused_since",
                table: "inquiry",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "product_key",
                table: "inquiry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "reopened_count",
                table: "inquiry",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "requester_email",
                table: "inquiry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "requester_name",
                table: "inquiry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "resolution_due_at",
                table: "inquiry",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "search_key",
                table: "inquiry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "state",
                table: "inquiry",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "tags",
                table: "inquiry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "urgency",
                table: "inquiry",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "version",
                table: "inquiry",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "email_key",
                table: "contact",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "phone_key",
                table: "contact",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "phone_key",
                table: "account",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "canned_answer",
                columns: table => new
                {
                    answer_id = table.Column<string>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    category = table.Column<string>(type: "TEXT", nullable: true),
                    body_en = table.Column<string>(type: "TEXT", nullable: true),
                    body_ja = table.Column<string>(type: "TEXT", nullable: true),
                    owner_user = table.Column<string>(type: "TEXT", nullable: true),
                    used = table.Column<int>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by = table.Column<string>(type: "TEXT", nullable: true),
                    archived_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_canned_answer", x => x.answer_id);
                });

            migrationBuilder.CreateTable(
                name: "day_off",
                columns: table => new
                {
                    calendar_no = table.Column<int>(type: "INTEGER", nullable: false),
                    from = table.Column<int>(type: "INTEGER", nullable: false),
                    until = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_day_off", x => new { x.calendar_no, x.from });
                });

            migrationBuilder.CreateTable(
                name: "desk_calendar",
                columns: table => new
                {
                    calendar_no = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", nullable: true),
                    hours = table.Column<string>(type: "TEXT", nullable: false),
                    japanese_holidays = table.Column<bool>(type: "INTEGER", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_desk_calendar", x => x.calendar_no);
                });

            migrationBuilder.CreateTable(
                name: "inquiry_mention",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    source_id = table.Column<int>(type: "INTEGER", nullable: false),
                    fact_id = table.Column<string>(type: "TEXT", nullable: false),
                    message_id = table.Column<string>(type: "TEXT", nullable: false),
                    email = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inquiry_mention", x => new { x.account_no, x.source_id, x.fact_id, x.message_id, x.email });
                });

            migrationBuilder.CreateTable(
                name: "inquiry_message",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    source_id = table.Column<int>(type: "INTEGER", nullable: false),
                    fact_id = table.Column<string>(type: "TEXT", nullable: false),
                    message_id = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by_user = table.Column<string>(type: "TEXT", nullable: true),
                    author_name = table.Column<string>(type: "TEXT", nullable: true),
                    author_email = table.Column<string>(type: "TEXT", nullable: true),
                    channel = table.Column<string>(type: "TEXT", nullable: true),
                    language = table.Column<string>(type: "TEXT", nullable: true),
                    body = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inquiry_message", x => new { x.account_no, x.source_id, x.fact_id, x.message_id });
                });

            migrationBuilder.CreateTable(
                name: "inquiry_target",
                columns: table => new
                {
                    priority = table.Column<string>(type: "TEXT", nullable: false),
                    first_response_minutes = table.Column<int>(type: "INTEGER", nullable: true),
                    resolution_minutes = table.Column<int>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inquiry_target", x => x.priority);
                });

            migrationBuilder.CreateTable(
                name: "presence",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    area = table.Column<string>(type: "TEXT", nullable: false),
                    record_id = table.Column<string>(type: "TEXT", nullable: false),
                    page_id = table.Column<string>(type: "TEXT", nullable: false),
                    by_user = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    typed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_presence", x => new { x.account_no, x.area, x.record_id, x.page_id });
                });

            migrationBuilder.CreateTable(
                name: "received_inquiry",
                columns: table => new
                {
                    received_id = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    email = table.Column<string>(type: "TEXT", nullable: true),
                    company = table.Column<string>(type: "TEXT", nullable: true),
                    phone = table.Column<string>(type: "TEXT", nullable: true),
                    subject = table.Column<string>(type: "TEXT", nullable: true),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    category = table.Column<string>(type: "TEXT", nullable: true),
                    language = table.Column<string>(type: "TEXT", nullable: true),
                    account_no = table.Column<int>(type: "INTEGER", nullable: true),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    decided_by = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_received_inquiry", x => x.received_id);
                });

            migrationBuilder.CreateTable(
                name: "satisfaction_request",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    source_id = table.Column<int>(type: "INTEGER", nullable: false),
                    fact_id = table.Column<string>(type: "TEXT", nullable: false),
                    request_id = table.Column<string>(type: "TEXT", nullable: false),
                    token_hash = table.Column<string>(type: "TEXT", nullable: false),
                    asked_at = table.Column<long>(type: "INTEGER", nullable: false),
                    asked_by = table.Column<string>(type: "TEXT", nullable: true),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    answered_at = table.Column<long>(type: "INTEGER", nullable: true),
                    score = table.Column<int>(type: "INTEGER", nullable: true),
                    comment = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_satisfaction_request", x => new { x.account_no, x.source_id, x.fact_id, x.request_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_inquiry_changed",
                table: "inquiry",
                columns: new[] { "changed_at", "account_no", "source_id", "fact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_inquiry_open",
                table: "inquiry",
                columns: new[] { "next_due_at", "state", "urgency", "assignee_key", "category_key", "product_key", "channel_key", "language", "escalated", "opened_at", "changed_at", "is_settled", "voided_by", "account_no", "source_id", "fact_id" },
                filter: "NOT is_settled");

            migrationBuilder.CreateIndex(
                name: "ix_inquiry_opened",
                table: "inquiry",
                columns: new[] { "opened_at", "account_no", "source_id", "fact_id", "state", "urgency", "assignee_key", "category_key", "product_key", "channel_key", "language", "escalated", "next_due_at", "changed_at", "is_settled", "voided_by" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_email_key",
                table: "contact",
                column: "email_key");

            migrationBuilder.CreateIndex(
                name: "ix_contact_phone_key",
                table: "contact",
                column: "phone_key");

            migrationBuilder.CreateIndex(
                name: "ix_account_phone_key",
                table: "account",
                column: "phone_key");

            migrationBuilder.CreateIndex(
                name: "ix_inquiry_mention_email_seen_at",
                table: "inquiry_mention",
                columns: new[] { "email", "seen_at" });

            migrationBuilder.CreateIndex(
                name: "ix_presence_seen_at",
                table: "presence",
                column: "seen_at");

            migrationBuilder.CreateIndex(
                name: "ix_received_inquiry_state_at",
                table: "received_inquiry",
                columns: new[] { "state", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_satisfaction_request_token_hash",
                table: "satisfaction_request",
                column: "token_hash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "canned_answer");

            migrationBuilder.DropTable(
                name: "day_off");

            migrationBuilder.DropTable(
                name: "desk_calendar");

            migrationBuilder.DropTable(
                name: "inquiry_mention");

            migrationBuilder.DropTable(
                name: "inquiry_message");

            migrationBuilder.DropTable(
                name: "inquiry_target");

            migrationBuilder.DropTable(
                name: "presence");

            migrationBuilder.DropTable(
                name: "received_inquiry");

            migrationBuilder.DropTable(
                name: "satisfaction_request");

            migrationBuilder.DropIndex(
                name: "ix_inquiry_changed",
                table: "inquiry");

            migrationBuilder.DropIndex(
                name: "ix_inquiry_open",
                table: "inquiry");

            migrationBuilder.DropIndex(
                name: "ix_inquiry_opened",
                table: "inquiry");

            migrationBuilder.DropIndex(
                name: "ix_contact_email_key",
                table: "contact");

            migrationBuilder.DropIndex(
                name: "ix_contact_phone_key",
                table: "contact");

            migrationBuilder.DropIndex(
                name: "ix_account_phone_key",
                table: "account");

            migrationBuilder.DropColumn(
                name: "direction",
                table: "touch");

            migrationBuilder.DropColumn(
                name: "next_step",
                table: "touch");

            migrationBuilder.DropColumn(
                name: "next_step_on",
                table: "touch");

            migrationBuilder.DropColumn(
                name: "purpose",
                table: "touch");

            migrationBuilder.DropColumn(
                name: "recording_url",
                table: "touch");

            migrationBuilder.DropColumn(
                name: "assignee_key",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "category_key",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "changed_at",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "channel_key",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "customer_spoke_last",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "escalated_to",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "escalation_reason",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "first_response_due_at",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "imported_json",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "is_settled",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "language",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "merged_into",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "next_due_at",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "paused_minutes",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "paused_since",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "product_key",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "reopened_count",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "requester_email",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "requester_name",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "resolution_due_at",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "search_key",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "state",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "tags",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "urgency",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "version",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "email_key",
                table: "contact");

            migrationBuilder.DropColumn(
                name: "phone_key",
                table: "contact");

            migrationBuilder.DropColumn(
                name: "phone_key",
                table: "account");

            migrationBuilder.CreateIndex(
                name: "ix_contact_email",
                table: "contact",
                column: "email");
        }
    }
}
