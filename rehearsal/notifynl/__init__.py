"""The rehearsal NotifyNL: letters that are ready, one kind of e-mail, and looking up what became of them."""
