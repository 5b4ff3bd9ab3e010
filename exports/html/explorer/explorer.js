"use strict";(()=>{function n(e,r="",o=""){let t=document.createElement(e);return r&&(t.className=r),typeof o=="string"?t.textContent=o:t.append(...o),t}var a={name:"map",title:"Map",mount(e){e.append(n("p","empty","Map"))},show(){},hide(){},changed(){}};var i={name:"timeline",title:"Timeline",mount(e){e.append(n("p","empty","Timeline"))},show(){},hide(){},changed(){}};console.log(a,i);})();
/*!
The explorer is made of these packages, each under its own licence.

*/
