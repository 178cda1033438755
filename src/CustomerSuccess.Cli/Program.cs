using CustomerSuccess.Cli;
using CustomerSuccess.Cli.Commands;

return await CommandLine.RunAsync(args,
[
    MigrateCommand.Create(),
    SettingsCommands.CreateSet(),
    SettingsCommands.CreateGet(),
    ScoreCommand.Create(),
    QueueCommand.Create(),
    DemoCommand.Create(),
    ImportCommand.Create(),
    ReportCommand.Create(),
    CloseCommand.Create(),
    UserCommand.Create(),
    TrainCommand.Create(),
    RecalibrateCommand.Create(),
    EvaluateCommand.Create(),
    ModelsCommand.Create(),
    HealthCommand.Create(),
    ExplainCommand.Create(),
    MailCommand.Create(),
    GatewayCommand.Create(),
    CampaignsCommand.Create(),
    SurveysCommand.Create(),
    WorkerCommand.Create(),
    ProductsCommand.Create(),
]);
