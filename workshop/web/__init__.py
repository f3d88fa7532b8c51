"""What surrounds the pages: routes, guard, identity cookie, start-up."""
