// Files dropped or chosen are copied beside the cases at once, each with its progress; the form then reads them.
(() => {
  "use strict";
  const form = document.getElementById("import");
  const list = document.getElementById("files");
  const drop = document.getElementById("drop");
  const choose = document.getElementById("choose");
  const waits = document.getElementById("waits");
  const token = document.querySelector('meta[name="inconcert-token"]').content;
  let open = 0;
  let failed = 0;
  let number = 0;
  let asking = 0;

  const tell = () => {
    waits.hidden = open === 0 && failed === 0;
    waits.textContent = open ? waits.dataset.waits : failed ? waits.dataset.failed : "";
  };

  const preview = async () => {
    const mine = (asking += 1);
    const asked = new FormData(form);
    for (const item of list.querySelectorAll("[data-name]")) asked.append("file", item.dataset.name);
    const answer = await fetch(`${form.dataset.files.replace(/file$/, "command")}`, {
      method: "POST", headers: { "x-inconcert-token": token }, body: new URLSearchParams(asked),
    });
    const told = await answer.text();
    if (answer.ok && mine === asking) document.getElementById("command").outerHTML = told; // answers may overtake one another
  };

  const send = (file) => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const size = document.createElement("span");
    const bar = document.createElement("progress");
    name.textContent = file.name;
    size.textContent = `${(file.size / 1e6).toFixed(1)} MB`;
    size.className = "note";
    bar.max = 1;
    bar.setAttribute("aria-label", file.name);
    item.append(name, size, bar);
    list.append(item);
    open += 1;
    tell();
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ batch: form.dataset.batch, name: file.name || `file ${(number += 1)}` });
    request.open("POST", `${form.dataset.files}?${query}`);
    request.setRequestHeader("x-inconcert-token", token);
    request.upload.onprogress = (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; };
    request.onloadend = () => {
      open -= 1;
      if (request.status === 200) {
        const told = JSON.parse(request.responseText);
        item.dataset.name = told.name;
        bar.value = 1;
        preview();
      } else {
        failed += 1;
        bar.remove();
        size.textContent = "✗";
      }
      tell();
    };
    request.send(file);
  };

  choose.addEventListener("change", () => { [...choose.files].forEach(send); choose.value = ""; });
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    [...event.dataTransfer.files].forEach(send);
  });
  form.addEventListener("change", (event) => { if (event.target !== choose) preview(); });
  form.addEventListener("submit", (event) => { if (open) { event.preventDefault(); tell(); } });
})();
