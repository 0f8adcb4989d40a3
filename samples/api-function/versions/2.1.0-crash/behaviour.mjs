/** A bad version: it fails while it is loaded, so every invocation fails. */
throw new Error('the stock list is missing');
