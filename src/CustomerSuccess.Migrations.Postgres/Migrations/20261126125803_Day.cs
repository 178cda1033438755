using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerSuccess.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Day : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_survey_response_responded_at",
                table: "survey_response",
                column: "responded_at");

            migrationBuilder.CreateIndex(
                name: "ix_suggestion_action_until",
                table: "suggestion_action",
                column: "until");

            migrationBuilder.CreateIndex(
                name: "ix_received_mail_received_at",
                table: "received_mail",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ix_inquiry_message_at",
                table: "inquiry_message",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_account_score_score_run_id_renews_on_owner_email_mrr",
                table: "account_score",
                columns: new[] { "score_run_id", "renews_on", "owner_email", "mrr" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_survey_response_responded_at",
                table: "survey_response");

            migrationBuilder.DropIndex(
                name: "ix_suggestion_action_until",
                table: "suggestion_action");

            migrationBuilder.DropIndex(
                name: "ix_received_mail_received_at",
                table: "received_mail");

            migrationBuilder.DropIndex(
                name: "ix_inquiry_message_at",
                table: "inquiry_message");

            migrationBuilder.DropIndex(
                name: "ix_account_score_score_run_id_renews_on_owner_email_mrr",
                table: "account_score");
        }
    }
}
