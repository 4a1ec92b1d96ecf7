# what man/ ships
