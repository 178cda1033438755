using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerSuccess.Migrations.Postgres.Migrations
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
                    campaign_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    plan_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    starts_at = table.Column<long>(type: "bigint", nullable: true),
                    started_at = table.Column<long>(type: "bigint", nullable: true),
                    started_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    only_owner = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    prepared_to = table.Column<int>(type: "integer", nullable: false),
                    is_prepared = table.Column<bool>(type: "boolean", nullable: false),
                    next_slot_at = table.Column<long>(type: "bigint", nullable: true),
                    test_ends_at = table.Column<long>(type: "bigint", nullable: true),
                    test_verdict = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    chosen_subject = table.Column<int>(type: "integer", nullable: true),
                    finished_at = table.Column<long>(type: "bigint", nullable: true),
                    archived_at = table.Column<long>(type: "bigint", nullable: true),
                    owner_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_campaign", x => x.campaign_id);
                });

            migrationBuilder.CreateTable(
                name: "campaign_member",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    campaign_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    contact_no = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    reasons = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    address_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    subject_no = table.Column<int>(type: "integer", nullable: true),
                    in_test = table.Column<bool>(type: "boolean", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    time_zone = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    language = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    mail_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    sent_at = table.Column<long>(type: "bigint", nullable: true),
                    sent_hour = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_campaign_member", x => new { x.account_no, x.campaign_id, x.contact_no });
                });

            migrationBuilder.CreateTable(
                name: "campaign_version",
                columns: table => new
                {
                    campaign_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false),
                    plan_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    by_email = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_campaign_version", x => new { x.campaign_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "customer_report",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    report_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    from = table.Column<int>(type: "integer", nullable: false),
                    to = table.Column<int>(type: "integer", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    contact_no = table.Column<int>(type: "integer", nullable: true),
                    note = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    next_steps = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    given_at = table.Column<long>(type: "bigint", nullable: true),
                    given_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    mail_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer_report", x => new { x.account_no, x.report_id });
                });

            migrationBuilder.CreateTable(
                name: "customer_report_file",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    report_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer_report_file", x => new { x.account_no, x.report_id });
                });

            migrationBuilder.CreateTable(
                name: "enrolment",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    enrolment_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    play = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    play_version = table.Column<int>(type: "integer", nullable: false),
                    contact_no = table.Column<int>(type: "integer", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    started_at = table.Column<long>(type: "bigint", nullable: false),
                    started_by = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    started_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    was_paying = table.Column<bool>(type: "boolean", nullable: false),
                    value = table.Column<long>(type: "bigint", nullable: true),
                    next_step = table.Column<int>(type: "integer", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    reasons = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    checked_run = table.Column<int>(type: "integer", nullable: false),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    end_reason = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    end_note = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ended_by_email = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_enrolment", x => new { x.account_no, x.enrolment_id });
                });

            migrationBuilder.CreateTable(
                name: "enrolment_step",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    enrolment_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    step_no = table.Column<int>(type: "integer", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    state = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    begun_at = table.Column<long>(type: "bigint", nullable: false),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    mail_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    task_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    touch_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    letter_subject = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    letter_text = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    reasons = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_enrolment_step", x => new { x.account_no, x.enrolment_id, x.step_no });
                });

            migrationBuilder.CreateTable(
                name: "feedback_theme",
                columns: table => new
                {
                    theme_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name_ja = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    words = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    merged_into = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    is_hidden = table.Column<bool>(type: "boolean", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feedback_theme", x => x.theme_id);
                });

            migrationBuilder.CreateTable(
                name: "goal",
                columns: table => new
                {
                    goal_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    parent_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    title = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    note = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    measure = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    segment = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    of_owner = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    plan = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    owner_email = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    start_on = table.Column<int>(type: "integer", nullable: false),
                    start_value = table.Column<long>(type: "bigint", nullable: false),
                    due_on = table.Column<int>(type: "integer", nullable: false),
                    target_value = table.Column<long>(type: "bigint", nullable: false),
                    steps = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_goal", x => x.goal_id);
                });

            migrationBuilder.CreateTable(
                name: "goal_review",
                columns: table => new
                {
                    goal_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    month = table.Column<int>(type: "integer", nullable: false),
                    plan = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    @do = table.Column<string>(name: "do", type: "text", nullable: true, collation: "C"),
                    check = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    act = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    links_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    figure_month = table.Column<int>(type: "integer", nullable: true),
                    value = table.Column<double>(type: "double precision", nullable: true),
                    lower = table.Column<double>(type: "double precision", nullable: true),
                    upper = table.Column<double>(type: "double precision", nullable: true),
                    n = table.Column<int>(type: "integer", nullable: true),
                    expected = table.Column<double>(type: "double precision", nullable: true),
                    target_value = table.Column<long>(type: "bigint", nullable: false),
                    frozen_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_goal_review", x => new { x.goal_id, x.month });
                });

            migrationBuilder.CreateTable(
                name: "mail_attachment",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    mail_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    attachment_no = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    media_type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mail_attachment", x => new { x.account_no, x.mail_id, x.attachment_no });
                });

            migrationBuilder.CreateTable(
                name: "month_close",
                columns: table => new
                {
                    month_close_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    month = table.Column<int>(type: "integer", nullable: false),
                    closed_at = table.Column<long>(type: "bigint", nullable: false),
                    closed_by_user = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    closed_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    note = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    concerns_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    currency = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    figures_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sheet = table.Column<byte[]>(type: "bytea", nullable: false),
                    followed_change = table.Column<long>(type: "bigint", nullable: false),
                    followed_file = table.Column<int>(type: "integer", nullable: false),
                    followed_rules = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    reopened_at = table.Column<long>(type: "bigint", nullable: true),
                    reopened_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    reopen_reason = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_month_close", x => x.month_close_id);
                });

            migrationBuilder.CreateTable(
                name: "notice",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    notice_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    to_user = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    event_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    area = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    record_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    args_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    mail = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_shown = table.Column<bool>(type: "boolean", nullable: false),
                    read_at = table.Column<long>(type: "bigint", nullable: true),
                    mailed_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice", x => new { x.account_no, x.notice_id });
                });

            migrationBuilder.CreateTable(
                name: "notice_preference",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    mail = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_shown = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice_preference", x => new { x.user_id, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "notice_reader",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    time_zone = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    digest_hour = table.Column<int>(type: "integer", nullable: false),
                    digested_on = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice_reader", x => x.user_id);
                });

            migrationBuilder.CreateTable(
                name: "product_request",
                columns: table => new
                {
                    request_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    title = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    note = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    theme_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    shipped_on = table.Column<int>(type: "integer", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_product_request", x => x.request_id);
                });

            migrationBuilder.CreateTable(
                name: "request_voice",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    request_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    contact_no = table.Column<int>(type: "integer", nullable: true),
                    quote = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    added_by_email = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_request_voice", x => new { x.account_no, x.request_id });
                });

            migrationBuilder.CreateTable(
                name: "restatement",
                columns: table => new
                {
                    month_close_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    restatement_no = table.Column<int>(type: "integer", nullable: false),
                    month = table.Column<int>(type: "integer", nullable: false),
                    found_at = table.Column<long>(type: "bigint", nullable: false),
                    cause = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    import_file_id = table.Column<int>(type: "integer", nullable: true),
                    by_whom = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    before_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    after_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    accounts = table.Column<int>(type: "integer", nullable: false),
                    before = table.Column<byte[]>(type: "bytea", nullable: false),
                    after = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_restatement", x => new { x.month_close_id, x.restatement_no });
                });

            migrationBuilder.CreateTable(
                name: "saved_report",
                columns: table => new
                {
                    report_no = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    query = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    owner_user = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    owner_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    is_shared = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_report", x => x.report_no);
                });

            migrationBuilder.CreateTable(
                name: "summary_sending",
                columns: table => new
                {
                    subscription_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    due_at = table.Column<long>(type: "bigint", nullable: false),
                    is_asked = table.Column<bool>(type: "boolean", nullable: false),
                    mail_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    made_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_summary_sending", x => new { x.subscription_id, x.due_at, x.is_asked });
                });

            migrationBuilder.CreateTable(
                name: "summary_subscription",
                columns: table => new
                {
                    subscription_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    cadence = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    week_day = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    month_day = table.Column<int>(type: "integer", nullable: false),
                    hour = table.Column<int>(type: "integer", nullable: false),
                    time_zone = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    language = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    grain = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    attach_pdf = table.Column<bool>(type: "boolean", nullable: false),
                    next_at = table.Column<long>(type: "bigint", nullable: true),
                    retry_at = table.Column<long>(type: "bigint", nullable: true),
                    problem = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
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
