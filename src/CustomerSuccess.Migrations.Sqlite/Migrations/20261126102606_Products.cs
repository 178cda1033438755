using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerSuccess.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Products : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "product",
                table: "survey_response",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "product",
                table: "model",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "product",
                table: "metric",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "product",
                table: "inquiry",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "products",
                table: "account_score",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "product_health_point",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    product = table.Column<string>(type: "TEXT", nullable: false),
                    as_of = table.Column<int>(type: "INTEGER", nullable: false),
                    total = table.Column<double>(type: "REAL", nullable: true),
                    adoption = table.Column<double>(type: "REAL", nullable: true),
                    engagement = table.Column<double>(type: "REAL", nullable: true),
                    support = table.Column<double>(type: "REAL", nullable: true),
                    sentiment = table.Column<double>(type: "REAL", nullable: true),
                    commercial = table.Column<double>(type: "REAL", nullable: true),
                    relationship = table.Column<double>(type: "REAL", nullable: true),
                    scheme_no = table.Column<int>(type: "INTEGER", nullable: false),
                    segment = table.Column<string>(type: "TEXT", nullable: true),
                    reconstructed = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_product_health_point", x => new { x.account_no, x.product, x.as_of });
                });

            migrationBuilder.CreateTable(
                name: "product_score",
                columns: table => new
                {
                    score_run_id = table.Column<int>(type: "INTEGER", nullable: false),
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    product = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    mrr = table.Column<long>(type: "INTEGER", nullable: false),
                    renews_on = table.Column<int>(type: "INTEGER", nullable: true),
                    health = table.Column<double>(type: "REAL", nullable: true),
                    adoption = table.Column<double>(type: "REAL", nullable: true),
                    engagement = table.Column<double>(type: "REAL", nullable: true),
                    support = table.Column<double>(type: "REAL", nullable: true),
                    sentiment = table.Column<double>(type: "REAL", nullable: true),
                    commercial = table.Column<double>(type: "REAL", nullable: true),
                    relationship = table.Column<double>(type: "REAL", nullable: true),
                    told = table.Column<string>(type: "TEXT", nullable: false),
                    payers = table.Column<int>(type: "INTEGER", nullable: false),
                    basis = table.Column<string>(type: "TEXT", nullable: false),
                    model_id = table.Column<int>(type: "INTEGER", nullable: true),
                    probability = table.Column<double>(type: "REAL", nullable: true),
                    drop_probability = table.Column<double>(type: "REAL", nullable: true),
                    rule_score = table.Column<double>(type: "REAL", nullable: false),
                    expected_loss = table.Column<long>(type: "INTEGER", nullable: true),
                    drivers_json = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_product_score", x => new { x.score_run_id, x.account_no, x.product });
                });

            migrationBuilder.CreateIndex(
                name: "ix_product_health_point_as_of",
                table: "product_health_point",
                column: "as_of");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "product_health_point");

            migrationBuilder.DropTable(
                name: "product_score");

            migrationBuilder.DropColumn(
                name: "product",
                table: "survey_response");

            migrationBuilder.DropColumn(
                name: "product",
                table: "model");

            migrationBuilder.DropColumn(
                name: "product",
                table: "metric");

            migrationBuilder.DropColumn(
                name: "product",
                table: "inquiry");

            migrationBuilder.DropColumn(
                name: "products",
                table: "account_score");
        }
    }
}
