using CustomerSuccess.Cli;
using CustomerSuccess.Cli.Commands;

return await CommandLine.RunAsync(args,
[
    MigrateCommand.Create(),
    SettingsCommands.CreateSet(),
    SettingsCommands.CreateGet(),
    DemoCommand.Create(),
    ReportCommand.Create(),
    UserCommand.Create(),
]);
