"""The form designer (表样设计) below the window: a new blank becomes a form like the built-in ones."""
