// A form that only carries an answer onward sends itself, once. Knows nothing of what is in it.

/** form: the form, or null on a page without one; again: whether the reader came back to a page that sent it before. */
export function sendOn({ form, again }) {
  // Sent a second time, the platform would refuse it: whoever comes back reads the page and presses the button.
  if (!form || again) return false;
  form.submit();
  return true;
}
