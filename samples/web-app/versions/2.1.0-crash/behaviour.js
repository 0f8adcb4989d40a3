/** A bad version: it ends before it listens. */
throw new Error('the configuration of the shopping cart is missing');
