switcher-menu = Productos
switcher-current = Está aquí
switcher-portal = Todos sus productos
switcher-moves = Se traslada aquí: { $day }
