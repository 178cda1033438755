using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerSuccess.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Forecast : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "renewal_due",
                columns: table => new
                {
                    score_run_id = table.Column<int>(type: "integer", nullable: false),
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    month = table.Column<int>(type: "integer", nullable: false),
                    ends_on = table.Column<int>(type: "integer", nullable: false),
                    mrr = table.Column<long>(type: "bigint", nullable: false),
                    probability = table.Column<double>(type: "double precision", nullable: true),
                    at_risk_mrr = table.Column<long>(type: "bigint", nullable: true),
                    leaving = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_renewal_due", x => new { x.score_run_id, x.account_no, x.month });
                });

            migrationBuilder.CreateIndex(
                name: "ix_renewal_due_score_run_id_at_risk_mrr",
                table: "renewal_due",
                columns: new[] { "score_run_id", "at_risk_mrr" });

            migrationBuilder.CreateIndex(
                name: "ix_renewal_due_score_run_id_month_at_risk_mrr",
                table: "renewal_due",
                columns: new[] { "score_run_id", "month", "at_risk_mrr" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "renewal_due");
        }
    }
}
