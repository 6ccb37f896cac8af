// The browsers that tests and WhatsApp use come from the system: nothing is downloaded at install time.
module.exports = { skipDownload: true };
