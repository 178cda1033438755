using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerSuccess.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Work : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "imported_json",
                table: "contact",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<bool>(
                name: "is_executive_sponsor",
                table: "contact",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "imported_json",
                table: "account",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.CreateTable(
                name: "file_chunk",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    file_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    chunk_no = table.Column<int>(type: "integer", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_file_chunk", x => new { x.account_no, x.file_id, x.chunk_no });
                });

            migrationBuilder.CreateTable(
                name: "mention",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    mention_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    to_user = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    area = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    record_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    excerpt = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    by_user = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    read_at = table.Column<long>(type: "bigint", nullable: true),
                    withdrawn_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mention", x => new { x.account_no, x.mention_id });
                });

            migrationBuilder.CreateTable(
                name: "note",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    note_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_pinned = table.Column<bool>(type: "boolean", nullable: false),
                    contact_no = table.Column<int>(type: "integer", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    by_user = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    edited_at = table.Column<long>(type: "bigint", nullable: true),
                    edited_by = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_note", x => new { x.account_no, x.note_id });
                });

            migrationBuilder.CreateTable(
                name: "plan_goal",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    goal_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    plan_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    title = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    measure = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    baseline = table.Column<double>(type: "double precision", nullable: true),
                    target = table.Column<double>(type: "double precision", nullable: true),
                    current = table.Column<double>(type: "double precision", nullable: true),
                    measured_at = table.Column<long>(type: "bigint", nullable: true),
                    due_on = table.Column<int>(type: "integer", nullable: true),
                    reached_at = table.Column<long>(type: "bigint", nullable: true),
                    reached_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    position = table.Column<int>(type: "integer", nullable: false),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_plan_goal", x => new { x.account_no, x.goal_id });
                });

            migrationBuilder.CreateTable(
                name: "plan_milestone",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    milestone_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    plan_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    goal_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    title = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    detail = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    owner_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    owner_contact_no = table.Column<int>(type: "integer", nullable: true),
                    due_on = table.Column<int>(type: "integer", nullable: true),
                    done_at = table.Column<long>(type: "bigint", nullable: true),
                    done_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    position = table.Column<int>(type: "integer", nullable: false),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_plan_milestone", x => new { x.account_no, x.milestone_id });
                });

            migrationBuilder.CreateTable(
                name: "plan_template",
                columns: table => new
                {
                    template_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    by_user = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_plan_template", x => x.template_key);
                });

            migrationBuilder.CreateTable(
                name: "stored_file",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    file_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    media_type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    contact_no = table.Column<int>(type: "integer", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    by_user = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stored_file", x => new { x.account_no, x.file_id });
                });

            migrationBuilder.CreateTable(
                name: "success_plan",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    plan_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    title = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    summary = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    owner_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    starts_on = table.Column<int>(type: "integer", nullable: false),
                    due_on = table.Column<int>(type: "integer", nullable: true),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    template_key = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    created_by_user = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_success_plan", x => new { x.account_no, x.plan_id });
                });

            migrationBuilder.CreateTable(
                name: "task",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    task_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    title = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    detail = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    contact_no = table.Column<int>(type: "integer", nullable: true),
                    due_on = table.Column<int>(type: "integer", nullable: true),
                    due_minute = table.Column<int>(type: "integer", nullable: true),
                    priority = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    assignee_email = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    recurrence = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    series_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    next_task_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    origin = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    snoozed_until = table.Column<int>(type: "integer", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    created_by_user = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    done_at = table.Column<long>(type: "bigint", nullable: true),
                    done_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_task", x => new { x.account_no, x.task_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_contact_email",
                table: "contact",
                column: "email");

            migrationBuilder.CreateIndex(
                name: "ix_mention_to_user_read_at",
                table: "mention",
                columns: new[] { "to_user", "read_at" });

            migrationBuilder.CreateIndex(
                name: "ix_plan_milestone_owner_email_done_at_due_on",
                table: "plan_milestone",
                columns: new[] { "owner_email", "done_at", "due_on" });

            migrationBuilder.CreateIndex(
                name: "ix_task_assignee_email_done_at_due_on",
                table: "task",
                columns: new[] { "assignee_email", "done_at", "due_on" });

            migrationBuilder.CreateIndex(
                name: "ix_task_created_by_user_done_at",
                table: "task",
                columns: new[] { "created_by_user", "done_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "file_chunk");

            migrationBuilder.DropTable(
                name: "mention");

            migrationBuilder.DropTable(
                name: "note");

            migrationBuilder.DropTable(
                name: "plan_goal");

            migrationBuilder.DropTable(
                name: "plan_milestone");

            migrationBuilder.DropTable(
                name: "plan_template");

            migrationBuilder.DropTable(
                name: "stored_file");

            migrationBuilder.DropTable(
                name: "success_plan");

            migrationBuilder.DropTable(
                name: "task");

            migrationBuilder.DropIndex(
                name: "ix_contact_email",
                table: "contact");

            migrationBuilder.DropColumn(
                name: "imported_json",
                table: "contact");

            migrationBuilder.DropColumn(
                name: "is_executive_sponsor",
                table: "contact");

            migrationBuilder.DropColumn(
                name: "imported_json",
                table: "account");
        }
    }
}
