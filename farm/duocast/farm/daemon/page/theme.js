// The theme: dark or light, as the system has it unless somebody chose. Runs before anything is painted.

(() => {
  const light = matchMedia("(prefers-color-scheme: light)");
  const apply = () => {
    const chosen = localStorage.getItem("duocast-theme");
    document.documentElement.dataset.theme = chosen ?? (light.matches ? "light" : "dark");
  };
  light.addEventListener("change", apply);
  addEventListener("duocast-theme", apply);
  apply();
})();
