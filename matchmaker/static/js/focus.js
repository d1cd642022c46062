// After a refusal, start at the summary of errors.

document.querySelector("[data-focus]")?.focus();
