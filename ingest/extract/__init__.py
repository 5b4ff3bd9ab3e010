"""What a read article says: names, events with their roles, numbers, who says so, and facts about people."""
