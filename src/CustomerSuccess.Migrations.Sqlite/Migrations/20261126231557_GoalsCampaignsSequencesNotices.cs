using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerSuccess.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class GoalsCampaignsSequencesNotices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "campaign",
                columns: table => new
                {
                    campaign_id = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    plan_json = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    starts_at = table.Column<long>(type: "INTEGER", nullable: true),
                    started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    started_by_email = table.Column<string>(type: "TEXT", nullable: true),
                    only_owner = table.Column<string>(type: "TEXT", nullable: true),
                    prepared_to = table.Column<int>(type: "INTEGER", nullable: false),
                    is_prepared = table.Column<bool>(type: "INTEGER", nullable: false),
                    next_slot_at = table.Column<long>(type: "INTEGER", nullable: true),
                    test_ends_at = table.Column<long>(type: "INTEGER", nullable: true),
                    test_verdict = table.Column<string>(type: "TEXT", nullable: true),
                    chosen_subject = table.Column<int>(type: "INTEGER", nullable: true),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    archived_at = table.Column<long>(type: "INTEGER", nullable: true),
                    owner_email = table.Column<string>(type: "TEXT", nullable: true),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by_email = table.Column<string>(type: "TEXT", nullable: true),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_campaign", x => x.campaign_id);
                });

            migrationBuilder.CreateTable(
                name: "campaign_member",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    campaign_id = table.Column<string>(type: "TEXT", nullable: false),
                    contact_no = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    reasons = table.Column<string>(type: "TEXT", nullable: true),
                    address_key = table.Column<string>(type: "TEXT", nullable: false),
                    subject_no = table.Column<int>(type: "INTEGER", nullable: true),
                    in_test = table.Column<bool>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    time_zone = table.Column<string>(type: "TEXT", nullable: true),
                    language = table.Column<string>(type: "TEXT", nullable: true),
                    mail_id = table.Column<string>(type: "TEXT", nullable: true),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    sent_hour = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_campaign_member", x => new { x.account_no, x.campaign_id, x.contact_no });
                });

            migrationBuilder.CreateTable(
                name: "campaign_version",
                columns: table => new
                {
                    campaign_id = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    plan_json = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by_email = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_campaign_version", x => new { x.campaign_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "customer_report",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    report_id = table.Column<string>(type: "TEXT", nullable: false),
                    from = table.Column<int>(type: "INTEGER", nullable: false),
                    to = table.Column<int>(type: "INTEGER", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    contact_no = table.Column<int>(type: "INTEGER", nullable: true),
                    note = table.Column<string>(type: "TEXT", nullable: true),
                    next_steps = table.Column<string>(type: "TEXT", nullable: true),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by_email = table.Column<string>(type: "TEXT", nullable: true),
                    given_at = table.Column<long>(type: "INTEGER", nullable: true),
                    given_by_email = table.Column<string>(type: "TEXT", nullable: true),
                    mail_id = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer_report", x => new { x.account_no, x.report_id });
                });

            migrationBuilder.CreateTable(
                name: "customer_report_file",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    report_id = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    bytes = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer_report_file", x => new { x.account_no, x.report_id });
                });

            migrationBuilder.CreateTable(
                name: "enrolment",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    enrolment_id = table.Column<string>(type: "TEXT", nullable: false),
                    play = table.Column<string>(type: "TEXT", nullable: false),
                    play_version = table.Column<int>(type: "INTEGER", nullable: false),
                    contact_no = table.Column<int>(type: "INTEGER", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    started_by = table.Column<string>(type: "TEXT", nullable: false),
                    started_by_email = table.Column<string>(type: "TEXT", nullable: true),
                    was_paying = table.Column<bool>(type: "INTEGER", nullable: false),
                    value = table.Column<long>(type: "INTEGER", nullable: true),
                    next_step = table.Column<int>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reasons = table.Column<string>(type: "TEXT", nullable: true),
                    checked_run = table.Column<int>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    end_reason = table.Column<string>(type: "TEXT", nullable: true),
                    end_note = table.Column<string>(type: "TEXT", nullable: true),
                    ended_by_email = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_enrolment", x => new { x.account_no, x.enrolment_id });
                });

            migrationBuilder.CreateTable(
                name: "enrolment_step",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    enrolment_id = table.Column<string>(type: "TEXT", nullable: false),
                    step_no = table.Column<int>(type: "INTEGER", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    begun_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    mail_id = table.Column<string>(type: "TEXT", nullable: true),
                    task_id = table.Column<string>(type: "TEXT", nullable: true),
                    touch_id = table.Column<string>(type: "TEXT", nullable: true),
                    letter_subject = table.Column<string>(type: "TEXT", nullable: true),
                    letter_text = table.Column<string>(type: "TEXT", nullable: true),
                    reasons = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_enrolment_step", x => new { x.account_no, x.enrolment_id, x.step_no });
                });

            migrationBuilder.CreateTable(
                name: "feedback_theme",
                columns: table => new
                {
                    theme_id = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    name_ja = table.Column<string>(type: "TEXT", nullable: true),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    merged_into = table.Column<string>(type: "TEXT", nullable: true),
                    is_hidden = table.Column<bool>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by_email = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feedback_theme", x => x.theme_id);
                });

            migrationBuilder.CreateTable(
                name: "goal",
                columns: table => new
                {
                    goal_id = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    parent_id = table.Column<string>(type: "TEXT", nullable: true),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: true),
                    measure = table.Column<string>(type: "TEXT", nullable: false),
                    segment = table.Column<string>(type: "TEXT", nullable: true),
                    of_owner = table.Column<string>(type: "TEXT", nullable: true),
                    plan = table.Column<string>(type: "TEXT", nullable: true),
                    owner_email = table.Column<string>(type: "TEXT", nullable: false),
                    start_on = table.Column<int>(type: "INTEGER", nullable: false),
                    start_value = table.Column<long>(type: "INTEGER", nullable: false),
                    due_on = table.Column<int>(type: "INTEGER", nullable: false),
                    target_value = table.Column<long>(type: "INTEGER", nullable: false),
                    steps = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by_email = table.Column<string>(type: "TEXT", nullable: true),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_goal", x => x.goal_id);
                });

            migrationBuilder.CreateTable(
                name: "goal_review",
                columns: table => new
                {
                    goal_id = table.Column<string>(type: "TEXT", nullable: false),
                    month = table.Column<int>(type: "INTEGER", nullable: false),
                    plan = table.Column<string>(type: "TEXT", nullable: true),
                    @do = table.Column<string>(name: "do", type: "TEXT", nullable: true),
                    check = table.Column<string>(type: "TEXT", nullable: true),
                    act = table.Column<string>(type: "TEXT", nullable: true),
                    links_json = table.Column<string>(type: "TEXT", nullable: true),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    figure_month = table.Column<int>(type: "INTEGER", nullable: true),
                    value = table.Column<double>(type: "REAL", nullable: true),
                    lower = table.Column<double>(type: "REAL", nullable: true),
                    upper = table.Column<double>(type: "REAL", nullable: true),
                    n = table.Column<int>(type: "INTEGER", nullable: true),
                    expected = table.Column<double>(type: "REAL", nullable: true),
                    target_value = table.Column<long>(type: "INTEGER", nullable: false),
                    frozen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by_email = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_goal_review", x => new { x.goal_id, x.month });
                });

            migrationBuilder.CreateTable(
                name: "mail_attachment",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    mail_id = table.Column<string>(type: "TEXT", nullable: false),
                    attachment_no = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    media_type = table.Column<string>(type: "TEXT", nullable: false),
                    bytes = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_attachment", x => new { x.account_no, x.mail_id, x.attachment_no });
                });

            migrationBuilder.CreateTable(
                name: "month_close",
                columns: table => new
                {
                    month_close_id = table.Column<string>(type: "TEXT", nullable: false),
                    month = table.Column<int>(type: "INTEGER", nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    closed_by_user = table.Column<string>(type: "TEXT", nullable: false),
                    closed_by_email = table.Column<string>(type: "TEXT", nullable: true),
                    note = table.Column<string>(type: "TEXT", nullable: true),
                    concerns_json = table.Column<string>(type: "TEXT", nullable: false),
                    currency = table.Column<string>(type: "TEXT", nullable: false),
                    figures_json = table.Column<string>(type: "TEXT", nullable: false),
                    sheet = table.Column<byte[]>(type: "BLOB", nullable: false),
                    followed_change = table.Column<long>(type: "INTEGER", nullable: false),
                    followed_file = table.Column<int>(type: "INTEGER", nullable: false),
                    followed_rules = table.Column<string>(type: "TEXT", nullable: false),
                    reopened_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reopened_by_email = table.Column<string>(type: "TEXT", nullable: true),
                    reopen_reason = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_month_close", x => x.month_close_id);
                });

            migrationBuilder.CreateTable(
                name: "notice",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    notice_id = table.Column<string>(type: "TEXT", nullable: false),
                    to_user = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    event_key = table.Column<string>(type: "TEXT", nullable: false),
                    area = table.Column<string>(type: "TEXT", nullable: false),
                    record_id = table.Column<string>(type: "TEXT", nullable: true),
                    args_json = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by_email = table.Column<string>(type: "TEXT", nullable: true),
                    mail = table.Column<string>(type: "TEXT", nullable: false),
                    is_shown = table.Column<bool>(type: "INTEGER", nullable: false),
                    read_at = table.Column<long>(type: "INTEGER", nullable: true),
                    mailed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice", x => new { x.account_no, x.notice_id });
                });

            migrationBuilder.CreateTable(
                name: "notice_preference",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    mail = table.Column<string>(type: "TEXT", nullable: false),
                    is_shown = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice_preference", x => new { x.user_id, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "notice_reader",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "TEXT", nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", nullable: true),
                    digest_hour = table.Column<int>(type: "INTEGER", nullable: false),
                    digested_on = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice_reader", x => x.user_id);
                });

            migrationBuilder.CreateTable(
                name: "product_request",
                columns: table => new
                {
                    request_id = table.Column<string>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: true),
                    theme_id = table.Column<string>(type: "TEXT", nullable: true),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    shipped_on = table.Column<int>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by_email = table.Column<string>(type: "TEXT", nullable: true),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_product_request", x => x.request_id);
                });

            migrationBuilder.CreateTable(
                name: "request_voice",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    request_id = table.Column<string>(type: "TEXT", nullable: false),
                    contact_no = table.Column<int>(type: "INTEGER", nullable: true),
                    quote = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    added_by_email = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_request_voice", x => new { x.account_no, x.request_id });
                });

            migrationBuilder.CreateTable(
                name: "restatement",
                columns: table => new
                {
                    month_close_id = table.Column<string>(type: "TEXT", nullable: false),
                    restatement_no = table.Column<int>(type: "INTEGER", nullable: false),
                    month = table.Column<int>(type: "INTEGER", nullable: false),
                    found_at = table.Column<long>(type: "INTEGER", nullable: false),
                    cause = table.Column<string>(type: "TEXT", nullable: false),
                    import_file_id = table.Column<int>(type: "INTEGER", nullable: true),
                    by_whom = table.Column<string>(type: "TEXT", nullable: true),
                    before_json = table.Column<string>(type: "TEXT", nullable: false),
                    after_json = table.Column<string>(type: "TEXT", nullable: false),
                    accounts = table.Column<int>(type: "INTEGER", nullable: false),
                    before = table.Column<byte[]>(type: "BLOB", nullable: false),
                    after = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_restatement", x => new { x.month_close_id, x.restatement_no });
                });

            migrationBuilder.CreateTable(
                name: "saved_report",
                columns: table => new
                {
                    report_no = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    query = table.Column<string>(type: "TEXT", nullable: false),
                    owner_user = table.Column<string>(type: "TEXT", nullable: false),
                    owner_email = table.Column<string>(type: "TEXT", nullable: true),
                    is_shared = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by_email = table.Column<string>(type: "TEXT", nullable: true),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_report", x => x.report_no);
                });

            migrationBuilder.CreateTable(
                name: "summary_sending",
                columns: table => new
                {
                    subscription_id = table.Column<string>(type: "TEXT", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    is_asked = table.Column<bool>(type: "INTEGER", nullable: false),
                    mail_id = table.Column<string>(type: "TEXT", nullable: false),
                    made_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_summary_sending", x => new { x.subscription_id, x.due_at, x.is_asked });
                });

            migrationBuilder.CreateTable(
                name: "summary_subscription",
                columns: table => new
                {
                    subscription_id = table.Column<string>(type: "TEXT", nullable: false),
                    user_id = table.Column<string>(type: "TEXT", nullable: false),
                    cadence = table.Column<string>(type: "TEXT", nullable: false),
                    week_day = table.Column<string>(type: "TEXT", nullable: false),
                    month_day = table.Column<int>(type: "INTEGER", nullable: false),
                    hour = table.Column<int>(type: "INTEGER", nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    grain = table.Column<string>(type: "TEXT", nullable: false),
                    attach_pdf = table.Column<bool>(type: "INTEGER", nullable: false),
                    next_at = table.Column<long>(type: "INTEGER", nullable: true),
                    retry_at = table.Column<long>(type: "INTEGER", nullable: true),
                    problem = table.Column<string>(type: "TEXT", nullable: true),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by_email = table.Column<string>(type: "TEXT", nullable: true),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_summary_subscription", x => x.subscription_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_campaign_member_campaign_id_address_key",
                table: "campaign_member",
                columns: new[] { "campaign_id", "address_key" });

            migrationBuilder.CreateIndex(
                name: "ix_campaign_member_campaign_id_state_due_at",
                table: "campaign_member",
                columns: new[] { "campaign_id", "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_enrolment_play_state_started_at",
                table: "enrolment",
                columns: new[] { "play", "state", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_enrolment_state_due_at",
                table: "enrolment",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_enrolment_step_channel_state",
                table: "enrolment_step",
                columns: new[] { "channel", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_goal_owner_email",
                table: "goal",
                column: "owner_email");

            migrationBuilder.CreateIndex(
                name: "ix_month_close_month",
                table: "month_close",
                column: "month");

            migrationBuilder.CreateIndex(
                name: "ix_notice_at",
                table: "notice",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_notice_mail_at",
                table: "notice",
                columns: new[] { "mail", "at" },
                filter: "mailed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_notice_to_user_event_key",
                table: "notice",
                columns: new[] { "to_user", "event_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_notice_to_user_notice_id",
                table: "notice",
                columns: new[] { "to_user", "notice_id" });

            migrationBuilder.CreateIndex(
                name: "ix_request_voice_request_id",
                table: "request_voice",
                column: "request_id");

            migrationBuilder.CreateIndex(
                name: "ix_saved_report_owner_user",
                table: "saved_report",
                column: "owner_user");

            migrationBuilder.CreateIndex(
                name: "ix_summary_subscription_user_id",
                table: "summary_subscription",
                column: "user_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "campaign");

            migrationBuilder.DropTable(
                name: "campaign_member");

            migrationBuilder.DropTable(
                name: "campaign_version");

            migrationBuilder.DropTable(
                name: "customer_report");

            migrationBuilder.DropTable(
                name: "customer_report_file");

            migrationBuilder.DropTable(
                name: "enrolment");

            migrationBuilder.DropTable(
                name: "enrolment_step");

            migrationBuilder.DropTable(
                name: "feedback_theme");

            migrationBuilder.DropTable(
                name: "goal");

            migrationBuilder.DropTable(
                name: "goal_review");

            migrationBuilder.DropTable(
                name: "mail_attachment");

            migrationBuilder.DropTable(
                name: "month_close");

            migrationBuilder.DropTable(
                name: "notice");

            migrationBuilder.DropTable(
                name: "notice_preference");

            migrationBuilder.DropTable(
                name: "notice_reader");

            migrationBuilder.DropTable(
                name: "product_request");

            migrationBuilder.DropTable(
                name: "request_voice");

            migrationBuilder.DropTable(
                name: "restatement");

            migrationBuilder.DropTable(
                name: "saved_report");

            migrationBuilder.DropTable(
                name: "summary_sending");

            migrationBuilder.DropTable(
                name: "summary_subscription");
        }
    }
}
