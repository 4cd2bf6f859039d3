"""一企一档: one firm's file on one screen, section by section (`model.sections`)."""
