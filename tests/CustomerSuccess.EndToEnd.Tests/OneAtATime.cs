// browsers, servers and killed imports each want the machine to themselves
[assembly: CollectionBehavior(DisableTestParallelization = true)]
