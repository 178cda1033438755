using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerSuccess.Migrations.Postgres.Migrations
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
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "product",
                table: "model",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "product",
                table: "metric",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "product",
                table: "inquiry",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "products",
                table: "account_score",
                type: "text",
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.CreateTable(
                name: "product_health_point",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    product = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    as_of = table.Column<int>(type: "integer", nullable: false),
                    total = table.Column<double>(type: "double precision", nullable: true),
                    adoption = table.Column<double>(type: "double precision", nullable: true),
                    engagement = table.Column<double>(type: "double precision", nullable: true),
                    support = table.Column<double>(type: "double precision", nullable: true),
                    sentiment = table.Column<double>(type: "double precision", nullable: true),
                    commercial = table.Column<double>(type: "double precision", nullable: true),
                    relationship = table.Column<double>(type: "double precision", nullable: true),
                    scheme_no = table.Column<int>(type: "integer", nullable: false),
                    segment = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    reconstructed = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_product_health_point", x => new { x.account_no, x.product, x.as_of });
                });

            migrationBuilder.CreateTable(
                name: "product_score",
                columns: table => new
                {
                    score_run_id = table.Column<int>(type: "integer", nullable: false),
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    product = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    state = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    mrr = table.Column<long>(type: "bigint", nullable: false),
                    renews_on = table.Column<int>(type: "integer", nullable: true),
                    health = table.Column<double>(type: "double precision", nullable: true),
                    adoption = table.Column<double>(type: "double precision", nullable: true),
                    engagement = table.Column<double>(type: "double precision", nullable: true),
                    support = table.Column<double>(type: "double precision", nullable: true),
                    sentiment = table.Column<double>(type: "double precision", nullable: true),
                    commercial = table.Column<double>(type: "double precision", nullable: true),
                    relationship = table.Column<double>(type: "double precision", nullable: true),
                    told = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    payers = table.Column<int>(type: "integer", nullable: false),
                    basis = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    model_id = table.Column<int>(type: "integer", nullable: true),
                    probability = table.Column<double>(type: "double precision", nullable: true),
                    drop_probability = table.Column<double>(type: "double precision", nullable: true),
                    rule_score = table.Column<double>(type: "double precision", nullable: false),
                    expected_loss = table.Column<long>(type: "bigint", nullable: true),
                    drivers_json = table.Column<string>(type: "text", nullable: false, collation: "C")
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
