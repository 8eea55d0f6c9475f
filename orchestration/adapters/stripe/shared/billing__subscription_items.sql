select * from present_items
