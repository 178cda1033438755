// Starts the live connection with patience: a busy machine or a sleeping laptop is no reason to drop a page.
Blazor.start({ circuit: { configureSignalR: builder => builder.withServerTimeout(90000).withKeepAliveInterval(15000) } });
