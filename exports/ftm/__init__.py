"""The graph as FollowTheMoney entities, for OpenAleph and other tools of investigative newsrooms."""
