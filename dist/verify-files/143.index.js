export const id = 143;
export const ids = [143];
export const modules = {

/***/ 6143:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Pool: () => (/* reexport default export from named module */ undici_lib_dispatcher_pool_js__WEBPACK_IMPORTED_MODULE_1__),
/* harmony export */   buildConnector: () => (/* reexport default export from named module */ undici_lib_core_connect_js__WEBPACK_IMPORTED_MODULE_0__),
/* harmony export */   noteCertificateRequests: () => (/* reexport safe */ _certificate_request_js__WEBPACK_IMPORTED_MODULE_2__.eH),
/* harmony export */   raceAddresses: () => (/* reexport safe */ _race_addresses_js__WEBPACK_IMPORTED_MODULE_3__.e)
/* harmony export */ });
/* harmony import */ var undici_lib_core_connect_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3941);
/* harmony import */ var undici_lib_dispatcher_pool_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5151);
/* harmony import */ var _certificate_request_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9549);
/* harmony import */ var _race_addresses_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8150);






/***/ })

};
