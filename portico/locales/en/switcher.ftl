switcher-menu = Products
switcher-current = You are here
switcher-portal = All your products
switcher-moves = Moves here { $day }
