"""The parts of the assistant that reads tables in; `ui.dialogs.importing` puts them together."""
