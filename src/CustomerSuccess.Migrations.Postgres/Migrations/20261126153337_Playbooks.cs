using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerSuccess.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Playbooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "play",
                columns: table => new
                {
                    play_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    play_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_off = table.Column<bool>(type: "boolean", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_play", x => x.play_key);
                });

            migrationBuilder.CreateTable(
                name: "play_version",
                columns: table => new
                {
                    play_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false),
                    play_json = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    by_email = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_play_version", x => new { x.play_key, x.version });
                });

            migrationBuilder.CreateTable(
                name: "saved_segment",
                columns: table => new
                {
                    segment_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    condition_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    accounts = table.Column<int>(type: "integer", nullable: false),
                    mrr = table.Column<long>(type: "bigint", nullable: false),
                    counted_on = table.Column<int>(type: "integer", nullable: true),
                    countings = table.Column<int>(type: "integer", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false),
                    changed_by_email = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_segment", x => x.segment_id);
                });

            migrationBuilder.CreateTable(
                name: "segment_count",
                columns: table => new
                {
                    segment_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    count_no = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    as_of = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    accounts = table.Column<int>(type: "integer", nullable: false),
                    entered = table.Column<int>(type: "integer", nullable: false),
                    left = table.Column<int>(type: "integer", nullable: false),
                    mrr = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_segment_count", x => new { x.segment_id, x.count_no });
                });

            migrationBuilder.CreateTable(
                name: "segment_stay",
                columns: table => new
                {
                    account_no = table.Column<int>(type: "integer", nullable: false),
                    segment_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    entered_no = table.Column<int>(type: "integer", nullable: false),
                    entered_on = table.Column<int>(type: "integer", nullable: false),
                    entered_by_change = table.Column<bool>(type: "boolean", nullable: false),
                    left_on = table.Column<int>(type: "integer", nullable: true),
                    left_by_change = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_segment_stay", x => new { x.account_no, x.segment_id, x.entered_no });
                });

            migrationBuilder.CreateTable(
                name: "segment_version",
                columns: table => new
                {
                    segment_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    condition_json = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    by_email = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_segment_version", x => new { x.segment_id, x.version });
                });

            migrationBuilder.CreateIndex(
                name: "ix_segment_stay_segment_id_entered_on",
                table: "segment_stay",
                columns: new[] { "segment_id", "entered_on" });

            migrationBuilder.CreateIndex(
                name: "ix_segment_stay_segment_id_left_on",
                table: "segment_stay",
                columns: new[] { "segment_id", "left_on" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "play");

            migrationBuilder.DropTable(
                name: "play_version");

            migrationBuilder.DropTable(
                name: "saved_segment");

            migrationBuilder.DropTable(
                name: "segment_count");

            migrationBuilder.DropTable(
                name: "segment_stay");

            migrationBuilder.DropTable(
                name: "segment_version");
        }
    }
}
