using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerSuccess.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Mail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "consent",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    consent_id = table.Column<string>(type: "TEXT", nullable: false),
                    address_key = table.Column<string>(type: "TEXT", nullable: false),
                    contact_no = table.Column<int>(type: "INTEGER", nullable: true),
                    given = table.Column<bool>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    how = table.Column<string>(type: "TEXT", nullable: false),
                    by_user = table.Column<string>(type: "TEXT", nullable: false),
                    entered_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consent", x => new { x.account_no, x.consent_id });
                });

            migrationBuilder.CreateTable(
                name: "contact_stop",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    stop_id = table.Column<string>(type: "TEXT", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    address_key = table.Column<string>(type: "TEXT", nullable: true),
                    contact_no = table.Column<int>(type: "INTEGER", nullable: true),
                    list = table.Column<string>(type: "TEXT", nullable: true),
                    cause = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by_user = table.Column<string>(type: "TEXT", nullable: false),
                    evidence = table.Column<string>(type: "TEXT", nullable: true),
                    mail_id = table.Column<string>(type: "TEXT", nullable: true),
                    lifted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    lifted_by = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_stop", x => new { x.account_no, x.stop_id });
                });

            migrationBuilder.CreateTable(
                name: "mail_content",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    mail_id = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    raw = table.Column<byte[]>(type: "BLOB", nullable: true),
                    links_json = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_content", x => new { x.account_no, x.mail_id });
                });

            migrationBuilder.CreateTable(
                name: "mail_event",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    mail_id = table.Column<string>(type: "TEXT", nullable: false),
                    event_id = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    recipient_no = table.Column<int>(type: "INTEGER", nullable: true),
                    detail = table.Column<string>(type: "TEXT", nullable: true),
                    link_no = table.Column<int>(type: "INTEGER", nullable: true),
                    by_machine = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_event", x => new { x.account_no, x.mail_id, x.event_id });
                });

            migrationBuilder.CreateTable(
                name: "mail_list",
                columns: table => new
                {
                    list_id = table.Column<string>(type: "TEXT", nullable: false),
                    name_en = table.Column<string>(type: "TEXT", nullable: false),
                    name_ja = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_list", x => x.list_id);
                });

            migrationBuilder.CreateTable(
                name: "mail_message",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    mail_id = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    purpose = table.Column<string>(type: "TEXT", nullable: false),
                    origin = table.Column<string>(type: "TEXT", nullable: false),
                    origin_id = table.Column<string>(type: "TEXT", nullable: true),
                    origin_step = table.Column<int>(type: "INTEGER", nullable: true),
                    template_id = table.Column<string>(type: "TEXT", nullable: true),
                    template_version = table.Column<int>(type: "INTEGER", nullable: true),
                    list = table.Column<string>(type: "TEXT", nullable: true),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    preview = table.Column<string>(type: "TEXT", nullable: false),
                    from_name = table.Column<string>(type: "TEXT", nullable: true),
                    from_address = table.Column<string>(type: "TEXT", nullable: true),
                    reply_to = table.Column<string>(type: "TEXT", nullable: true),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    priority = table.Column<int>(type: "INTEGER", nullable: false),
                    not_before = table.Column<long>(type: "INTEGER", nullable: false),
                    not_after = table.Column<long>(type: "INTEGER", nullable: true),
                    reasons = table.Column<string>(type: "TEXT", nullable: true),
                    queued_at = table.Column<long>(type: "INTEGER", nullable: true),
                    message_id = table.Column<string>(type: "TEXT", nullable: true),
                    in_reply_to = table.Column<string>(type: "TEXT", nullable: true),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    first_attempt_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_attempt_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_answer = table.Column<string>(type: "TEXT", nullable: true),
                    lost_answers = table.Column<int>(type: "INTEGER", nullable: false),
                    contacted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    claimed_by = table.Column<string>(type: "TEXT", nullable: true),
                    records_touch = table.Column<bool>(type: "INTEGER", nullable: false),
                    touch_minutes = table.Column<double>(type: "REAL", nullable: true),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: true),
                    clicked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    replied_at = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", nullable: false),
                    owner_email = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_message", x => new { x.account_no, x.mail_id });
                });

            migrationBuilder.CreateTable(
                name: "mail_outage",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    last_at = table.Column<long>(type: "INTEGER", nullable: false),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    error = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_outage", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "mail_pace",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    next_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_pace", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "mail_recipient",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    mail_id = table.Column<string>(type: "TEXT", nullable: false),
                    recipient_no = table.Column<int>(type: "INTEGER", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    contact_no = table.Column<int>(type: "INTEGER", nullable: true),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    address = table.Column<string>(type: "TEXT", nullable: false),
                    address_key = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    answer = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_recipient", x => new { x.account_no, x.mail_id, x.recipient_no });
                });

            migrationBuilder.CreateTable(
                name: "mail_template",
                columns: table => new
                {
                    template_id = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    purpose = table.Column<string>(type: "TEXT", nullable: false),
                    list = table.Column<string>(type: "TEXT", nullable: true),
                    subject_en = table.Column<string>(type: "TEXT", nullable: true),
                    body_en = table.Column<string>(type: "TEXT", nullable: true),
                    subject_ja = table.Column<string>(type: "TEXT", nullable: true),
                    body_ja = table.Column<string>(type: "TEXT", nullable: true),
                    retired = table.Column<bool>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_template", x => new { x.template_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "received_mail",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    received_id = table.Column<string>(type: "TEXT", nullable: false),
                    message_id = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    mail_id = table.Column<string>(type: "TEXT", nullable: true),
                    mail_account_no = table.Column<int>(type: "INTEGER", nullable: true),
                    contact_no = table.Column<int>(type: "INTEGER", nullable: true),
                    from_name = table.Column<string>(type: "TEXT", nullable: true),
                    from_address = table.Column<string>(type: "TEXT", nullable: true),
                    to = table.Column<string>(type: "TEXT", nullable: true),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    written_at = table.Column<long>(type: "INTEGER", nullable: true),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    detail = table.Column<string>(type: "TEXT", nullable: true),
                    attachments_json = table.Column<string>(type: "TEXT", nullable: true),
                    raw = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_received_mail", x => new { x.account_no, x.received_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_consent_address_key",
                table: "consent",
                column: "address_key");

            migrationBuilder.CreateIndex(
                name: "ix_contact_stop_address_key",
                table: "contact_stop",
                column: "address_key");

            migrationBuilder.CreateIndex(
                name: "ix_mail_event_kind_at",
                table: "mail_event",
                columns: new[] { "kind", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_mail_message_claimed_by",
                table: "mail_message",
                column: "claimed_by",
                filter: "claimed_by IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_mail_message_message_id",
                table: "mail_message",
                column: "message_id");

            migrationBuilder.CreateIndex(
                name: "ix_mail_message_origin_origin_id",
                table: "mail_message",
                columns: new[] { "origin", "origin_id" });

            migrationBuilder.CreateIndex(
                name: "ix_mail_message_priority_not_before",
                table: "mail_message",
                columns: new[] { "priority", "not_before" },
                filter: "status = 'Queued'");

            migrationBuilder.CreateIndex(
                name: "ix_mail_message_status_mail_id",
                table: "mail_message",
                columns: new[] { "status", "mail_id" });

            migrationBuilder.CreateIndex(
                name: "ix_mail_recipient_address_key",
                table: "mail_recipient",
                column: "address_key");

            migrationBuilder.CreateIndex(
                name: "ix_received_mail_message_id",
                table: "received_mail",
                column: "message_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "consent");

            migrationBuilder.DropTable(
                name: "contact_stop");

            migrationBuilder.DropTable(
                name: "mail_content");

            migrationBuilder.DropTable(
                name: "mail_event");

            migrationBuilder.DropTable(
                name: "mail_list");

            migrationBuilder.DropTable(
                name: "mail_message");

            migrationBuilder.DropTable(
                name: "mail_outage");

            migrationBuilder.DropTable(
                name: "mail_pace");

            migrationBuilder.DropTable(
                name: "mail_recipient");

            migrationBuilder.DropTable(
                name: "mail_template");

            migrationBuilder.DropTable(
                name: "received_mail");
        }
    }
}
