using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerSuccess.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class SurveysAndRunFigures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "run_figure",
                columns: table => new
                {
                    score_run_id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    as_of = table.Column<int>(type: "integer", nullable: false),
                    model_id = table.Column<int>(type: "integer", nullable: true),
                    head_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sheet = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_run_figure", x => new { x.score_run_id, x.name, x.as_of });
                });

            migrationBuilder.CreateTable(
                name: "survey",
                columns: table => new
                {
                    survey_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    mode = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    plan_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false),
                    is_on = table.Column<bool>(type: "boolean", nullable: false),
                    on_since = table.Column<long>(type: "bigint", nullable: true),
                    waves = table.Column<int>(type: "integer", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_survey", x => x.survey_id);
                });

            migrationBuilder.CreateTable(
                name: "survey_invitation",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    survey_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    wave_no = table.Column<int>(type: "integer", nullable: false),
                    contact_no = table.Column<int>(type: "integer", nullable: false),
                    invitation_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false),
                    address_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    language = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    state = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    reasons = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    record_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    mail_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    reminder_mail_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    asked_at = table.Column<long>(type: "bigint", nullable: true),
                    reminded_at = table.Column<long>(type: "bigint", nullable: true),
                    opened_at = table.Column<long>(type: "bigint", nullable: true),
                    answered_at = table.Column<long>(type: "bigint", nullable: true),
                    amended_at = table.Column<long>(type: "bigint", nullable: true),
                    expires_at = table.Column<long>(type: "bigint", nullable: false),
                    score = table.Column<double>(type: "double precision", nullable: true),
                    answers_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    task_id = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_survey_invitation", x => new { x.account_no, x.survey_id, x.wave_no, x.contact_no });
                });

            migrationBuilder.CreateTable(
                name: "survey_version",
                columns: table => new
                {
                    survey_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false),
                    plan_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    by_email = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_survey_version", x => new { x.survey_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "survey_wave",
                columns: table => new
                {
                    survey_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    wave_no = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    started_at = table.Column<long>(type: "bigint", nullable: false),
                    started_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    last_account_no = table.Column<int>(type: "integer", nullable: false),
                    is_inviting = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_survey_wave", x => new { x.survey_id, x.wave_no });
                });

            migrationBuilder.CreateIndex(
                name: "ix_run_figure_name_score_run_id",
                table: "run_figure",
                columns: new[] { "name", "score_run_id" });

            migrationBuilder.CreateIndex(
                name: "ix_survey_invitation_account_no_invitation_id",
                table: "survey_invitation",
                columns: new[] { "account_no", "invitation_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_survey_invitation_address_key_state",
                table: "survey_invitation",
                columns: new[] { "address_key", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_survey_invitation_state_expires_at",
                table: "survey_invitation",
                columns: new[] { "state", "expires_at" });

            migrationBuilder.CreateIndex(
                name: "ix_survey_invitation_survey_id_wave_no_state",
                table: "survey_invitation",
                columns: new[] { "survey_id", "wave_no", "state" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "run_figure");

            migrationBuilder.DropTable(
                name: "survey");

            migrationBuilder.DropTable(
                name: "survey_invitation");

            migrationBuilder.DropTable(
                name: "survey_version");

            migrationBuilder.DropTable(
                name: "survey_wave");
        }
    }
}
