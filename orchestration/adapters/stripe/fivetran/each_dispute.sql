select id, charge_id as charge, status, landed_file, landed_line from dispute
