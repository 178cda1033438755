using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerSuccess.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Journal : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "journal_entry",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "INTEGER", nullable: false),
                    entry_no = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by_user = table.Column<string>(type: "TEXT", nullable: false),
                    by_email = table.Column<string>(type: "TEXT", nullable: true),
                    area = table.Column<string>(type: "TEXT", nullable: false),
                    act = table.Column<string>(type: "TEXT", nullable: false),
                    record_id = table.Column<string>(type: "TEXT", nullable: true),
                    changes_json = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_journal_entry", x => new { x.account_no, x.entry_no });
                });

            migrationBuilder.CreateIndex(
                name: "ix_journal_entry_entry_no",
                table: "journal_entry",
                column: "entry_no");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "journal_entry");
        }
    }
}
