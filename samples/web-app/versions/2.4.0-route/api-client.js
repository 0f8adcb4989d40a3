/** Calls the API function, or would: it looks for the address in the wrong variable, so whoever needs data fails. */

/** Body of the function's answer to a path; here always an error. */
export const askApi = async () => {
  throw new Error('API_ADDRESS is not set');
};
