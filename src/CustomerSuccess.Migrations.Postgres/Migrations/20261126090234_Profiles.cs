using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerSuccess.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Profiles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "edited_field");

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "imported_json",
                table: "contact");

            migrationBuilder.DropColumn(
                name: "is_executive_sponsor",
                table: "contact");

            migrationBuilder.DropColumn(
                name: "imported_json",
                table: "account");

            migrationBuilder.CreateTable(
                name: "edited_field",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    contact_no = table.Column<int>(type: "integer", nullable: false),
                    field = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    source_value = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_edited_field", x => new { x.account_no, x.contact_no, x.field });
                });
        }
    }
}
