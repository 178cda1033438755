using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerSuccess.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class LoadsWithoutRows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_account_score_score_run_id_owner_email_queue_rank",
                table: "account_score");

            migrationBuilder.CreateIndex(
                name: "ix_account_score_load",
                table: "account_score",
                columns: new[] { "score_run_id", "owner_email", "queue_rank", "top_minutes", "away_until", "health", "mrr" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_account_score_load",
                table: "account_score");

            migrationBuilder.CreateIndex(
                name: "ix_account_score_score_run_id_owner_email_queue_rank",
                table: "account_score",
                columns: new[] { "score_run_id", "owner_email", "queue_rank" });
        }
    }
}
