using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerSuccess.Migrations.Postgres.Migrations
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
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    consent_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    address_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    contact_no = table.Column<int>(type: "integer", nullable: true),
                    given = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    how = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    by_user = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    entered_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consent", x => new { x.account_no, x.consent_id });
                });

            migrationBuilder.CreateTable(
                name: "contact_stop",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    stop_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    channel = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    address_key = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    contact_no = table.Column<int>(type: "integer", nullable: true),
                    list = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    cause = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    by_user = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    evidence = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    mail_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    lifted_at = table.Column<long>(type: "bigint", nullable: true),
                    lifted_by = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_stop", x => new { x.account_no, x.stop_id });
                });

            migrationBuilder.CreateTable(
                name: "mail_content",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    mail_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    body = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    raw = table.Column<byte[]>(type: "bytea", nullable: true),
                    links_json = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_content", x => new { x.account_no, x.mail_id });
                });

            migrationBuilder.CreateTable(
                name: "mail_event",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    mail_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    event_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    recipient_no = table.Column<int>(type: "integer", nullable: true),
                    detail = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    link_no = table.Column<int>(type: "integer", nullable: true),
                    by_machine = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_event", x => new { x.account_no, x.mail_id, x.event_id });
                });

            migrationBuilder.CreateTable(
                name: "mail_list",
                columns: table => new
                {
                    list_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name_en = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name_ja = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_list", x => x.list_id);
                });

            migrationBuilder.CreateTable(
                name: "mail_message",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    mail_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false),
                    purpose = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    origin = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    origin_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    origin_step = table.Column<int>(type: "integer", nullable: true),
                    template_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    template_version = table.Column<int>(type: "integer", nullable: true),
                    list = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    language = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    subject = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    preview = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    from_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    from_address = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    reply_to = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    priority = table.Column<int>(type: "integer", nullable: false),
                    not_before = table.Column<long>(type: "bigint", nullable: false),
                    not_after = table.Column<long>(type: "bigint", nullable: true),
                    reasons = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    queued_at = table.Column<long>(type: "bigint", nullable: true),
                    message_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    in_reply_to = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    first_attempt_at = table.Column<long>(type: "bigint", nullable: true),
                    last_attempt_at = table.Column<long>(type: "bigint", nullable: true),
                    last_answer = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    lost_answers = table.Column<int>(type: "integer", nullable: false),
                    contacted_at = table.Column<long>(type: "bigint", nullable: true),
                    sent_at = table.Column<long>(type: "bigint", nullable: true),
                    claimed_by = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    records_touch = table.Column<bool>(type: "boolean", nullable: false),
                    touch_minutes = table.Column<double>(type: "double precision", nullable: true),
                    opened_at = table.Column<long>(type: "bigint", nullable: true),
                    clicked_at = table.Column<long>(type: "bigint", nullable: true),
                    replied_at = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    owner_email = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_message", x => new { x.account_no, x.mail_id });
                });

            migrationBuilder.CreateTable(
                name: "mail_outage",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    since = table.Column<long>(type: "bigint", nullable: false),
                    last_at = table.Column<long>(type: "bigint", nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    error = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_outage", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "mail_pace",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    next_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_pace", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "mail_recipient",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    mail_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    recipient_no = table.Column<int>(type: "integer", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    contact_no = table.Column<int>(type: "integer", nullable: true),
                    name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    address = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    address_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    state = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    answer = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_recipient", x => new { x.account_no, x.mail_id, x.recipient_no });
                });

            migrationBuilder.CreateTable(
                name: "mail_template",
                columns: table => new
                {
                    template_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    purpose = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    list = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    subject_en = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    body_en = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    subject_ja = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    body_ja = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    retired = table.Column<bool>(type: "boolean", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_template", x => new { x.template_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "received_mail",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    received_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    message_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    mail_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    mail_account_no = table.Column<int>(type: "integer", nullable: true),
                    contact_no = table.Column<int>(type: "integer", nullable: true),
                    from_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    from_address = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    to = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    subject = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    written_at = table.Column<long>(type: "bigint", nullable: true),
                    received_at = table.Column<long>(type: "bigint", nullable: false),
                    detail = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    attachments_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    raw = table.Column<byte[]>(type: "bytea", nullable: true)
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
