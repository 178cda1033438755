using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerSuccess.Migrations.Sqlite.Migrations
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
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_executive_sponsor",
                table: "contact",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "imported_json",
                table: "account",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "file_chunk",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    file_id = table.Column<string>(type: "TEXT", nullable: false),
                    chunk_no = table.Column<int>(type: "INTEGER", nullable: false),
                    bytes = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_file_chunk", x => new { x.account_no, x.file_id, x.chunk_no });
                });

            migrationBuilder.CreateTable(
                name: "mention",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    mention_id = table.Column<string>(type: "TEXT", nullable: false),
                    to_user = table.Column<string>(type: "TEXT", nullable: false),
                    area = table.Column<string>(type: "TEXT", nullable: false),
                    record_id = table.Column<string>(type: "TEXT", nullable: false),
                    excerpt = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by_user = table.Column<string>(type: "TEXT", nullable: false),
                    by_email = table.Column<string>(type: "TEXT", nullable: true),
                    read_at = table.Column<long>(type: "INTEGER", nullable: true),
                    withdrawn_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mention", x => new { x.account_no, x.mention_id });
                });

            migrationBuilder.CreateTable(
                name: "note",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    note_id = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    is_pinned = table.Column<bool>(type: "INTEGER", nullable: false),
                    contact_no = table.Column<int>(type: "INTEGER", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by_user = table.Column<string>(type: "TEXT", nullable: false),
                    by_email = table.Column<string>(type: "TEXT", nullable: true),
                    edited_at = table.Column<long>(type: "INTEGER", nullable: true),
                    edited_by = table.Column<string>(type: "TEXT", nullable: true),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_note", x => new { x.account_no, x.note_id });
                });

            migrationBuilder.CreateTable(
                name: "plan_goal",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    goal_id = table.Column<string>(type: "TEXT", nullable: false),
                    plan_id = table.Column<string>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    measure = table.Column<string>(type: "TEXT", nullable: true),
                    baseline = table.Column<double>(type: "REAL", nullable: true),
                    target = table.Column<double>(type: "REAL", nullable: true),
                    current = table.Column<double>(type: "REAL", nullable: true),
                    measured_at = table.Column<long>(type: "INTEGER", nullable: true),
                    due_on = table.Column<int>(type: "INTEGER", nullable: true),
                    reached_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reached_by_email = table.Column<string>(type: "TEXT", nullable: true),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_plan_goal", x => new { x.account_no, x.goal_id });
                });

            migrationBuilder.CreateTable(
                name: "plan_milestone",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    milestone_id = table.Column<string>(type: "TEXT", nullable: false),
                    plan_id = table.Column<string>(type: "TEXT", nullable: false),
                    goal_id = table.Column<string>(type: "TEXT", nullable: true),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    detail = table.Column<string>(type: "TEXT", nullable: true),
                    owner_email = table.Column<string>(type: "TEXT", nullable: true),
                    owner_contact_no = table.Column<int>(type: "INTEGER", nullable: true),
                    due_on = table.Column<int>(type: "INTEGER", nullable: true),
                    done_at = table.Column<long>(type: "INTEGER", nullable: true),
                    done_by_email = table.Column<string>(type: "TEXT", nullable: true),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_plan_milestone", x => new { x.account_no, x.milestone_id });
                });

            migrationBuilder.CreateTable(
                name: "plan_template",
                columns: table => new
                {
                    template_key = table.Column<string>(type: "TEXT", nullable: false),
                    json = table.Column<string>(type: "TEXT", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    by_user = table.Column<string>(type: "TEXT", nullable: false),
                    by_email = table.Column<string>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_plan_template", x => x.template_key);
                });

            migrationBuilder.CreateTable(
                name: "stored_file",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    file_id = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    name_key = table.Column<string>(type: "TEXT", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    media_type = table.Column<string>(type: "TEXT", nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    description = table.Column<string>(type: "TEXT", nullable: true),
                    contact_no = table.Column<int>(type: "INTEGER", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by_user = table.Column<string>(type: "TEXT", nullable: false),
                    by_email = table.Column<string>(type: "TEXT", nullable: true),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stored_file", x => new { x.account_no, x.file_id });
                });

            migrationBuilder.CreateTable(
                name: "success_plan",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    plan_id = table.Column<string>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    summary = table.Column<string>(type: "TEXT", nullable: true),
                    owner_email = table.Column<string>(type: "TEXT", nullable: true),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    starts_on = table.Column<int>(type: "INTEGER", nullable: false),
                    due_on = table.Column<int>(type: "INTEGER", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    template_key = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by_user = table.Column<string>(type: "TEXT", nullable: false),
                    created_by_email = table.Column<string>(type: "TEXT", nullable: true),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_success_plan", x => new { x.account_no, x.plan_id });
                });

            migrationBuilder.CreateTable(
                name: "task",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    task_id = table.Column<string>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    detail = table.Column<string>(type: "TEXT", nullable: true),
                    contact_no = table.Column<int>(type: "INTEGER", nullable: true),
                    due_on = table.Column<int>(type: "INTEGER", nullable: true),
                    due_minute = table.Column<int>(type: "INTEGER", nullable: true),
                    priority = table.Column<string>(type: "TEXT", nullable: false),
                    assignee_email = table.Column<string>(type: "TEXT", nullable: false),
                    recurrence = table.Column<string>(type: "TEXT", nullable: true),
                    series_id = table.Column<string>(type: "TEXT", nullable: false),
                    next_task_id = table.Column<string>(type: "TEXT", nullable: true),
                    origin = table.Column<string>(type: "TEXT", nullable: true),
                    snoozed_until = table.Column<int>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by_user = table.Column<string>(type: "TEXT", nullable: false),
                    created_by_email = table.Column<string>(type: "TEXT", nullable: true),
                    done_at = table.Column<long>(type: "INTEGER", nullable: true),
                    done_by_email = table.Column<string>(type: "TEXT", nullable: true),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
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
