using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace CustomerSuccess.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "account",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    @namespace = table.Column<string>(name: "namespace", type: "text", nullable: false, collation: "C"),
                    account_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name_kana = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_sort = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    industry = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    region = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    country = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    employees = table.Column<int>(type: "integer", nullable: true),
                    segment = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    owner_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_on = table.Column<int>(type: "integer", nullable: true),
                    phone = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    address = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    unlisted = table.Column<bool>(type: "boolean", nullable: false),
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    import_file_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account", x => x.account_no);
                });

            migrationBuilder.CreateTable(
                name: "account_change",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    change_no = table.Column<long>(type: "bigint", nullable: false),
                    earliest_day = table.Column<int>(type: "integer", nullable: false),
                    import_file_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_change", x => x.account_no);
                });

            migrationBuilder.CreateTable(
                name: "account_drivers",
                columns: table => new
                {
                    score_run_id = table.Column<int>(type: "integer", nullable: false),
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    churn_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    upsell_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    churn_parts = table.Column<byte[]>(type: "bytea", nullable: true),
                    relief_json = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_drivers", x => new { x.score_run_id, x.account_no });
                });

            migrationBuilder.CreateTable(
                name: "account_link",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    valid_from = table.Column<int>(type: "integer", nullable: false),
                    target_no = table.Column<int>(type: "integer", nullable: true),
                    import_file_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_link", x => new { x.account_no, x.kind, x.valid_from });
                });

            migrationBuilder.CreateTable(
                name: "account_score",
                columns: table => new
                {
                    score_run_id = table.Column<int>(type: "integer", nullable: false),
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name_sort = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    search_text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    segment = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    owner_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    plan = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    mrr = table.Column<long>(type: "bigint", nullable: false),
                    renews_on = table.Column<int>(type: "integer", nullable: true),
                    churn_probability = table.Column<double>(type: "double precision", nullable: true),
                    upsell_probability = table.Column<double>(type: "double precision", nullable: true),
                    rule_score = table.Column<double>(type: "double precision", nullable: false),
                    expected_loss = table.Column<long>(type: "bigint", nullable: true),
                    renewal_probability = table.Column<double>(type: "double precision", nullable: true),
                    lifetime_value = table.Column<long>(type: "bigint", nullable: true),
                    lifetime_lower = table.Column<long>(type: "bigint", nullable: true),
                    lifetime_upper = table.Column<long>(type: "bigint", nullable: true),
                    health = table.Column<double>(type: "double precision", nullable: true),
                    adoption = table.Column<double>(type: "double precision", nullable: true),
                    engagement = table.Column<double>(type: "double precision", nullable: true),
                    support = table.Column<double>(type: "double precision", nullable: true),
                    sentiment = table.Column<double>(type: "double precision", nullable: true),
                    commercial = table.Column<double>(type: "double precision", nullable: true),
                    relationship = table.Column<double>(type: "double precision", nullable: true),
                    judgement_points = table.Column<double>(type: "double precision", nullable: true),
                    queue_rank = table.Column<int>(type: "integer", nullable: true),
                    value_per_minute = table.Column<double>(type: "double precision", nullable: false),
                    top_play = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    plays = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    fits_today = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_score", x => new { x.score_run_id, x.account_no });
                });

            migrationBuilder.CreateTable(
                name: "account_value",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    attribute_id = table.Column<int>(type: "integer", nullable: false),
                    valid_from = table.Column<int>(type: "integer", nullable: false),
                    value = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    import_file_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_value", x => new { x.account_no, x.attribute_id, x.valid_from });
                });

            migrationBuilder.CreateTable(
                name: "asp_net_roles",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    normalized_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_roles", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_users",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    display_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    language = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    own_portfolio_only = table.Column<bool>(type: "boolean", nullable: false),
                    user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    normalized_user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    normalized_email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    email_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    security_stamp = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    phone_number = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    phone_number_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "assignment",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    fact_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    play = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    assigned_on = table.Column<int>(type: "integer", nullable: false),
                    arm = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    play_version = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    import_file_id = table.Column<int>(type: "integer", nullable: false),
                    voided_by = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_assignment", x => new { x.account_no, x.source_id, x.fact_id });
                });

            migrationBuilder.CreateTable(
                name: "attribute",
                columns: table => new
                {
                    attribute_id = table.Column<int>(type: "integer", nullable: false),
                    record = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_static = table.Column<bool>(type: "boolean", nullable: false),
                    is_custom = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attribute", x => x.attribute_id);
                });

            migrationBuilder.CreateTable(
                name: "backtest_row",
                columns: table => new
                {
                    model_id = table.Column<int>(type: "integer", nullable: false),
                    as_of = table.Column<int>(type: "integer", nullable: false),
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    rank = table.Column<int>(type: "integer", nullable: false),
                    risk_rank = table.Column<int>(type: "integer", nullable: false),
                    listed = table.Column<bool>(type: "boolean", nullable: false),
                    probability = table.Column<double>(type: "double precision", nullable: false),
                    mrr = table.Column<long>(type: "bigint", nullable: true),
                    left_on = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_backtest_row", x => new { x.model_id, x.as_of, x.account_no });
                });

            migrationBuilder.CreateTable(
                name: "contact",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    contact_no = table.Column<int>(type: "integer", nullable: false),
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    contact_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_kana = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    name_sort = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    phone = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    department = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    role = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    title = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    language = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    time_zone = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    is_champion = table.Column<bool>(type: "boolean", nullable: false),
                    is_decision_maker = table.Column<bool>(type: "boolean", nullable: false),
                    reports_to = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    opt_out_email = table.Column<bool>(type: "boolean", nullable: false),
                    opt_out_phone = table.Column<bool>(type: "boolean", nullable: false),
                    consent_on = table.Column<int>(type: "integer", nullable: true),
                    left_on = table.Column<int>(type: "integer", nullable: true),
                    import_file_id = table.Column<int>(type: "integer", nullable: false),
                    voided_by = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact", x => new { x.account_no, x.contact_no });
                });

            migrationBuilder.CreateTable(
                name: "contact_value",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    contact_no = table.Column<int>(type: "integer", nullable: false),
                    attribute_id = table.Column<int>(type: "integer", nullable: false),
                    valid_from = table.Column<int>(type: "integer", nullable: false),
                    value = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    import_file_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_value", x => new { x.account_no, x.contact_no, x.attribute_id, x.valid_from });
                });

            migrationBuilder.CreateTable(
                name: "counter",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    next = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_counter", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "deal",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    fact_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    stage = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    amount = table.Column<long>(type: "bigint", nullable: true),
                    currency = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    opened_on = table.Column<int>(type: "integer", nullable: true),
                    expected_on = table.Column<int>(type: "integer", nullable: true),
                    closed_on = table.Column<int>(type: "integer", nullable: true),
                    won = table.Column<bool>(type: "boolean", nullable: true),
                    owner_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    import_file_id = table.Column<int>(type: "integer", nullable: false),
                    voided_by = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deal", x => new { x.account_no, x.source_id, x.fact_id });
                });

            migrationBuilder.CreateTable(
                name: "exchange_rate",
                columns: table => new
                {
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    month = table.Column<int>(type: "integer", nullable: false),
                    rate = table.Column<double>(type: "double precision", nullable: false),
                    import_file_id = table.Column<int>(type: "integer", nullable: false),
                    voided_by = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exchange_rate", x => new { x.source_id, x.currency, x.month });
                });

            migrationBuilder.CreateTable(
                name: "fact_revision",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    revision_no = table.Column<long>(type: "bigint", nullable: false),
                    record = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    fact_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    brought_by = table.Column<int>(type: "integer", nullable: false),
                    replaced_by = table.Column<int>(type: "integer", nullable: false),
                    earlier_json = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fact_revision", x => new { x.account_no, x.revision_no });
                });

            migrationBuilder.CreateTable(
                name: "feature_catalogue",
                columns: table => new
                {
                    hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    text = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feature_catalogue", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "feature_snapshot",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    as_of = table.Column<int>(type: "integer", nullable: false),
                    catalogue = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    values = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feature_snapshot", x => new { x.account_no, x.as_of });
                });

            migrationBuilder.CreateTable(
                name: "health_point",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    as_of = table.Column<int>(type: "integer", nullable: false),
                    total = table.Column<double>(type: "double precision", nullable: true),
                    adoption = table.Column<double>(type: "double precision", nullable: true),
                    engagement = table.Column<double>(type: "double precision", nullable: true),
                    support = table.Column<double>(type: "double precision", nullable: true),
                    sentiment = table.Column<double>(type: "double precision", nullable: true),
                    commercial = table.Column<double>(type: "double precision", nullable: true),
                    relationship = table.Column<double>(type: "double precision", nullable: true),
                    judgement_points = table.Column<double>(type: "double precision", nullable: true),
                    rule_score = table.Column<double>(type: "double precision", nullable: true),
                    scheme_no = table.Column<int>(type: "integer", nullable: false),
                    segment = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    reconstructed = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_health_point", x => new { x.account_no, x.as_of });
                });

            migrationBuilder.CreateTable(
                name: "health_scheme",
                columns: table => new
                {
                    scheme_no = table.Column<int>(type: "integer", nullable: false),
                    in_force_from = table.Column<long>(type: "bigint", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    by_user = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    comment = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    restores = table.Column<int>(type: "integer", nullable: true),
                    good = table.Column<double>(type: "double precision", nullable: false),
                    watch = table.Column<double>(type: "double precision", nullable: false),
                    judgement_weight = table.Column<double>(type: "double precision", nullable: false),
                    weights_json = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_health_scheme", x => x.scheme_no);
                });

            migrationBuilder.CreateTable(
                name: "health_study",
                columns: table => new
                {
                    study_no = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    made_at = table.Column<long>(type: "bigint", nullable: false),
                    json = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_health_study", x => x.study_no);
                });

            migrationBuilder.CreateTable(
                name: "ignored_rows",
                columns: table => new
                {
                    import_file_id = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    rows = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ignored_rows", x => new { x.import_file_id, x.reason });
                });

            migrationBuilder.CreateTable(
                name: "import_file",
                columns: table => new
                {
                    import_file_id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    import_run_id = table.Column<int>(type: "integer", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sha256 = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    record = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    encoding = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    delimiter = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    header_line = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    failure_code = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    failure_args_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ignored_reason = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    rows_read = table.Column<long>(type: "bigint", nullable: false),
                    inserted = table.Column<long>(type: "bigint", nullable: false),
                    updated = table.Column<long>(type: "bigint", nullable: false),
                    unchanged = table.Column<long>(type: "bigint", nullable: false),
                    rejected = table.Column<long>(type: "bigint", nullable: false),
                    aggregated = table.Column<long>(type: "bigint", nullable: false),
                    ignored = table.Column<long>(type: "bigint", nullable: false),
                    counters_inserted = table.Column<long>(type: "bigint", nullable: false),
                    counters_updated = table.Column<long>(type: "bigint", nullable: false),
                    counters_unchanged = table.Column<long>(type: "bigint", nullable: false),
                    voided = table.Column<long>(type: "bigint", nullable: false),
                    applied_through = table.Column<long>(type: "bigint", nullable: false),
                    notes_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    started_at = table.Column<long>(type: "bigint", nullable: false),
                    finished_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_file", x => x.import_file_id);
                });

            migrationBuilder.CreateTable(
                name: "import_run",
                columns: table => new
                {
                    import_run_id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    preset = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    started_at = table.Column<long>(type: "bigint", nullable: false),
                    finished_at = table.Column<long>(type: "bigint", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    by_user = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    options_json = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_run", x => x.import_run_id);
                });

            migrationBuilder.CreateTable(
                name: "inquiry",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    fact_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    contact_no = table.Column<int>(type: "integer", nullable: true),
                    channel = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    subject = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    body = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    category = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    priority = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    opened_at = table.Column<long>(type: "bigint", nullable: false),
                    first_response_at = table.Column<long>(type: "bigint", nullable: true),
                    closed_at = table.Column<long>(type: "bigint", nullable: true),
                    status = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    satisfaction = table.Column<int>(type: "integer", nullable: true),
                    escalated = table.Column<bool>(type: "boolean", nullable: false),
                    escalated_at = table.Column<long>(type: "bigint", nullable: true),
                    assignee = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    import_file_id = table.Column<int>(type: "integer", nullable: false),
                    voided_by = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inquiry", x => new { x.account_no, x.source_id, x.fact_id });
                });

            migrationBuilder.CreateTable(
                name: "invoice",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    fact_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    issued_on = table.Column<int>(type: "integer", nullable: false),
                    due_on = table.Column<int>(type: "integer", nullable: true),
                    paid_on = table.Column<int>(type: "integer", nullable: true),
                    failed_on = table.Column<int>(type: "integer", nullable: true),
                    status = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    import_file_id = table.Column<int>(type: "integer", nullable: false),
                    voided_by = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invoice", x => new { x.account_no, x.source_id, x.fact_id });
                });

            migrationBuilder.CreateTable(
                name: "judgement",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    judgement_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    band = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    reason = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    day = table.Column<int>(type: "integer", nullable: false),
                    by_user = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    withdrawn_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_judgement", x => new { x.account_no, x.judgement_id });
                });

            migrationBuilder.CreateTable(
                name: "lease",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    holder = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    expires_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lease", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "metric",
                columns: table => new
                {
                    metric_id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_metric", x => x.metric_id);
                });

            migrationBuilder.CreateTable(
                name: "model",
                columns: table => new
                {
                    model_id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    target = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    verdict = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    promoted_at = table.Column<long>(type: "bigint", nullable: true),
                    hash = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    content = table.Column<byte[]>(type: "bytea", nullable: true),
                    card_json = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_model", x => x.model_id);
                });

            migrationBuilder.CreateTable(
                name: "model_event",
                columns: table => new
                {
                    model_event_id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    model_id = table.Column<int>(type: "integer", nullable: false),
                    target = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    action = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    in_place_of = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_model_event", x => x.model_event_id);
                });

            migrationBuilder.CreateTable(
                name: "model_watch",
                columns: table => new
                {
                    model_watch_id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    model_id = table.Column<int>(type: "integer", nullable: false),
                    target = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    as_of = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    level = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    report_json = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_model_watch", x => x.model_watch_id);
                });

            migrationBuilder.CreateTable(
                name: "outcome",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    fact_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    as_of = table.Column<int>(type: "integer", nullable: false),
                    churned = table.Column<bool>(type: "boolean", nullable: true),
                    expanded = table.Column<bool>(type: "boolean", nullable: true),
                    import_file_id = table.Column<int>(type: "integer", nullable: false),
                    voided_by = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outcome", x => new { x.account_no, x.source_id, x.fact_id });
                });

            migrationBuilder.CreateTable(
                name: "protection_key",
                columns: table => new
                {
                    key_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    xml = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_protection_key", x => x.key_id);
                });

            migrationBuilder.CreateTable(
                name: "purchase",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    fact_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    purchased_on = table.Column<int>(type: "integer", nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    item = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    quantity = table.Column<double>(type: "double precision", nullable: true),
                    import_file_id = table.Column<int>(type: "integer", nullable: false),
                    voided_by = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_purchase", x => new { x.account_no, x.source_id, x.fact_id });
                });

            migrationBuilder.CreateTable(
                name: "rejected_row",
                columns: table => new
                {
                    import_file_id = table.Column<int>(type: "integer", nullable: false),
                    reject_no = table.Column<int>(type: "integer", nullable: false),
                    line = table.Column<long>(type: "bigint", nullable: false),
                    column = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    value = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    reason_code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    reason_args_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    raw_row = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rejected_row", x => new { x.import_file_id, x.reject_no });
                });

            migrationBuilder.CreateTable(
                name: "score_run",
                columns: table => new
                {
                    score_run_id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    as_of = table.Column<int>(type: "integer", nullable: false),
                    started_at = table.Column<long>(type: "bigint", nullable: false),
                    finished_at = table.Column<long>(type: "bigint", nullable: true),
                    churn_model_id = table.Column<int>(type: "integer", nullable: true),
                    upsell_model_id = table.Column<int>(type: "integer", nullable: true),
                    fallback_reason = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    fallback_outcomes = table.Column<int>(type: "integer", nullable: true),
                    health_scheme_no = table.Column<int>(type: "integer", nullable: false),
                    usage_until = table.Column<int>(type: "integer", nullable: true),
                    contracts_until = table.Column<int>(type: "integer", nullable: true),
                    forecast_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    scored = table.Column<int>(type: "integer", nullable: false),
                    leaving = table.Column<int>(type: "integer", nullable: false),
                    settings_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    themes_json = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_score_run", x => x.score_run_id);
                });

            migrationBuilder.CreateTable(
                name: "setting",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    value = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_setting", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "source",
                columns: table => new
                {
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    time_zone = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_source", x => x.source_id);
                });

            migrationBuilder.CreateTable(
                name: "source_reach",
                columns: table => new
                {
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    record = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    stated = table.Column<int>(type: "integer", nullable: true),
                    latest = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_source_reach", x => new { x.source_id, x.record });
                });

            migrationBuilder.CreateTable(
                name: "staged_block",
                columns: table => new
                {
                    import_file_id = table.Column<int>(type: "integer", nullable: false),
                    block_no = table.Column<int>(type: "integer", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staged_block", x => new { x.import_file_id, x.block_no });
                });

            migrationBuilder.CreateTable(
                name: "subscription",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    fact_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    product = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    plan = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    seats = table.Column<int>(type: "integer", nullable: true),
                    mrr = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    started_on = table.Column<int>(type: "integer", nullable: false),
                    term_ends_on = table.Column<int>(type: "integer", nullable: true),
                    auto_renew = table.Column<bool>(type: "boolean", nullable: true),
                    notice_days = table.Column<int>(type: "integer", nullable: true),
                    notice_on = table.Column<int>(type: "integer", nullable: true),
                    ended_on = table.Column<int>(type: "integer", nullable: true),
                    end_reason = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    import_file_id = table.Column<int>(type: "integer", nullable: false),
                    voided_by = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_subscription", x => new { x.account_no, x.source_id, x.fact_id });
                });

            migrationBuilder.CreateTable(
                name: "suggestion",
                columns: table => new
                {
                    score_run_id = table.Column<int>(type: "integer", nullable: false),
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    rank = table.Column<int>(type: "integer", nullable: false),
                    play = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_upsell = table.Column<bool>(type: "boolean", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    reason_code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    reason_args_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    minutes = table.Column<double>(type: "double precision", nullable: false),
                    effect = table.Column<double>(type: "double precision", nullable: false),
                    value = table.Column<long>(type: "bigint", nullable: true),
                    value_per_minute = table.Column<double>(type: "double precision", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suggestion", x => new { x.score_run_id, x.account_no, x.rank });
                });

            migrationBuilder.CreateTable(
                name: "suggestion_action",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    action_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    play = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    reason_code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    by_user = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    until = table.Column<int>(type: "integer", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    note = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    minutes = table.Column<double>(type: "double precision", nullable: true),
                    touch_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    undone_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suggestion_action", x => new { x.account_no, x.action_id });
                });

            migrationBuilder.CreateTable(
                name: "survey_response",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    fact_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    contact_no = table.Column<int>(type: "integer", nullable: true),
                    survey = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    score = table.Column<double>(type: "double precision", nullable: false),
                    scale_min = table.Column<double>(type: "double precision", nullable: false),
                    scale_max = table.Column<double>(type: "double precision", nullable: false),
                    comment = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    responded_at = table.Column<long>(type: "bigint", nullable: false),
                    import_file_id = table.Column<int>(type: "integer", nullable: false),
                    voided_by = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_survey_response", x => new { x.account_no, x.source_id, x.fact_id });
                });

            migrationBuilder.CreateTable(
                name: "touch",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    fact_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    contact_no = table.Column<int>(type: "integer", nullable: true),
                    kind = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    play = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    owner_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    minutes = table.Column<double>(type: "double precision", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    notes = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    import_file_id = table.Column<int>(type: "integer", nullable: false),
                    voided_by = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_touch", x => new { x.account_no, x.source_id, x.fact_id });
                });

            migrationBuilder.CreateTable(
                name: "usage_day",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    day = table.Column<int>(type: "integer", nullable: false),
                    metric_id = table.Column<int>(type: "integer", nullable: false),
                    contact_no = table.Column<int>(type: "integer", nullable: false),
                    source_id = table.Column<int>(type: "integer", nullable: false),
                    count = table.Column<double>(type: "double precision", nullable: false),
                    users = table.Column<int>(type: "integer", nullable: true),
                    import_file_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_usage_day", x => new { x.account_no, x.day, x.metric_id, x.contact_no, x.source_id });
                });

            migrationBuilder.CreateTable(
                name: "asp_net_role_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    role_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    claim_type = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    claim_value = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_role_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_asp_net_role_claims_asp_net_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "asp_net_roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_user_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    claim_type = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    claim_value = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_asp_net_user_claims_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_user_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    provider_key = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    provider_display_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_asp_net_user_logins_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_user_passkeys",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "bytea", maxLength: 1024, nullable: false),
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Data = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_passkeys", x => x.credential_id);
                    table.ForeignKey(
                        name: "fk_asp_net_user_passkeys_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_user_roles",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    role_id = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_roles", x => new { x.user_id, x.role_id });
                    table.ForeignKey(
                        name: "fk_asp_net_user_roles_asp_net_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "asp_net_roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_asp_net_user_roles_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_user_tokens",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    login_provider = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    value = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_asp_net_user_tokens_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_account_name_sort",
                table: "account",
                column: "name_sort");

            migrationBuilder.CreateIndex(
                name: "ix_account_namespace_account_id",
                table: "account",
                columns: new[] { "namespace", "account_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_account_change_change_no",
                table: "account_change",
                column: "change_no");

            migrationBuilder.CreateIndex(
                name: "ix_account_link_target_no",
                table: "account_link",
                column: "target_no");

            migrationBuilder.CreateIndex(
                name: "ix_account_score_account_no",
                table: "account_score",
                column: "account_no");

            migrationBuilder.CreateIndex(
                name: "ix_account_score_score_run_id_name_sort",
                table: "account_score",
                columns: new[] { "score_run_id", "name_sort" });

            migrationBuilder.CreateIndex(
                name: "ix_account_score_score_run_id_owner_email_queue_rank",
                table: "account_score",
                columns: new[] { "score_run_id", "owner_email", "queue_rank" });

            migrationBuilder.CreateIndex(
                name: "ix_account_score_score_run_id_queue_rank",
                table: "account_score",
                columns: new[] { "score_run_id", "queue_rank" });

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_role_claims_role_id",
                table: "asp_net_role_claims",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "role_name_index",
                table: "asp_net_roles",
                column: "normalized_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_user_claims_user_id",
                table: "asp_net_user_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_user_logins_user_id",
                table: "asp_net_user_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_user_passkeys_user_id",
                table: "asp_net_user_passkeys",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_user_roles_role_id",
                table: "asp_net_user_roles",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "email_index",
                table: "asp_net_users",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "user_name_index",
                table: "asp_net_users",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_assignment_source_id_fact_id",
                table: "assignment",
                columns: new[] { "source_id", "fact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_attribute_record_name",
                table: "attribute",
                columns: new[] { "record", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_contact_source_id_contact_id",
                table: "contact",
                columns: new[] { "source_id", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_deal_source_id_fact_id",
                table: "deal",
                columns: new[] { "source_id", "fact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_health_point_as_of",
                table: "health_point",
                column: "as_of");

            migrationBuilder.CreateIndex(
                name: "ix_import_file_import_run_id",
                table: "import_file",
                column: "import_run_id");

            migrationBuilder.CreateIndex(
                name: "ix_inquiry_source_id_fact_id",
                table: "inquiry",
                columns: new[] { "source_id", "fact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_invoice_source_id_fact_id",
                table: "invoice",
                columns: new[] { "source_id", "fact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_metric_name",
                table: "metric",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_model_target_version",
                table: "model",
                columns: new[] { "target", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outcome_source_id_fact_id",
                table: "outcome",
                columns: new[] { "source_id", "fact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_purchase_source_id_fact_id",
                table: "purchase",
                columns: new[] { "source_id", "fact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_source_name",
                table: "source",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_subscription_source_id_fact_id",
                table: "subscription",
                columns: new[] { "source_id", "fact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_suggestion_action_at",
                table: "suggestion_action",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_survey_response_source_id_fact_id",
                table: "survey_response",
                columns: new[] { "source_id", "fact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_touch_source_id_fact_id",
                table: "touch",
                columns: new[] { "source_id", "fact_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account");

            migrationBuilder.DropTable(
                name: "account_change");

            migrationBuilder.DropTable(
                name: "account_drivers");

            migrationBuilder.DropTable(
                name: "account_link");

            migrationBuilder.DropTable(
                name: "account_score");

            migrationBuilder.DropTable(
                name: "account_value");

            migrationBuilder.DropTable(
                name: "asp_net_role_claims");

            migrationBuilder.DropTable(
                name: "asp_net_user_claims");

            migrationBuilder.DropTable(
                name: "asp_net_user_logins");

            migrationBuilder.DropTable(
                name: "asp_net_user_passkeys");

            migrationBuilder.DropTable(
                name: "asp_net_user_roles");

            migrationBuilder.DropTable(
                name: "asp_net_user_tokens");

            migrationBuilder.DropTable(
                name: "assignment");

            migrationBuilder.DropTable(
                name: "attribute");

            migrationBuilder.DropTable(
                name: "backtest_row");

            migrationBuilder.DropTable(
                name: "contact");

            migrationBuilder.DropTable(
                name: "contact_value");

            migrationBuilder.DropTable(
                name: "counter");

            migrationBuilder.DropTable(
                name: "deal");

            migrationBuilder.DropTable(
                name: "exchange_rate");

            migrationBuilder.DropTable(
                name: "fact_revision");

            migrationBuilder.DropTable(
                name: "feature_catalogue");

            migrationBuilder.DropTable(
                name: "feature_snapshot");

            migrationBuilder.DropTable(
                name: "health_point");

            migrationBuilder.DropTable(
                name: "health_scheme");

            migrationBuilder.DropTable(
                name: "health_study");

            migrationBuilder.DropTable(
                name: "ignored_rows");

            migrationBuilder.DropTable(
                name: "import_file");

            migrationBuilder.DropTable(
                name: "import_run");

            migrationBuilder.DropTable(
                name: "inquiry");

            migrationBuilder.DropTable(
                name: "invoice");

            migrationBuilder.DropTable(
                name: "judgement");

            migrationBuilder.DropTable(
                name: "lease");

            migrationBuilder.DropTable(
                name: "metric");

            migrationBuilder.DropTable(
                name: "model");

            migrationBuilder.DropTable(
                name: "model_event");

            migrationBuilder.DropTable(
                name: "model_watch");

            migrationBuilder.DropTable(
                name: "outcome");

            migrationBuilder.DropTable(
                name: "protection_key");

            migrationBuilder.DropTable(
                name: "purchase");

            migrationBuilder.DropTable(
                name: "rejected_row");

            migrationBuilder.DropTable(
                name: "score_run");

            migrationBuilder.DropTable(
                name: "setting");

            migrationBuilder.DropTable(
                name: "source");

            migrationBuilder.DropTable(
                name: "source_reach");

            migrationBuilder.DropTable(
                name: "staged_block");

            migrationBuilder.DropTable(
                name: "subscription");

            migrationBuilder.DropTable(
                name: "suggestion");

            migrationBuilder.DropTable(
                name: "suggestion_action");

            migrationBuilder.DropTable(
                name: "survey_response");

            migrationBuilder.DropTable(
                name: "touch");

            migrationBuilder.DropTable(
                name: "usage_day");

            migrationBuilder.DropTable(
                name: "asp_net_roles");

            migrationBuilder.DropTable(
                name: "asp_net_users");
        }
    }
}
