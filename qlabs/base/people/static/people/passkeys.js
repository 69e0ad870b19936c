// Says in the page when the browser or the person turned a passkey down.
document.addEventListener('allauth.error', function (event) {
  const place = document.getElementById('passkey-problem')
  if (!place) return
  event.preventDefault()
  const isNumbers = /^[\d.]+$|^\[/.test(location.hostname)
  place.textContent = isNumbers ? place.dataset.numbers : place.dataset.words
  place.hidden = false
})
