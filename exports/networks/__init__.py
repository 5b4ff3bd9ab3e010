"""The graph as networks for programs that draw and measure them: GraphML and GEXF."""
