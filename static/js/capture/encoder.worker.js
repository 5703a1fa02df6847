// Turns bitmaps into JPEG away from the page's own thread, where it sometimes takes a second a frame.

const QUALITY = 0.85;
let canvas;

self.onmessage = async ({ data: { number, bitmap } }) => {
  try {
    canvas ??= new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext("2d").drawImage(bitmap, 0, 0);
    bitmap.close();
    self.postMessage({ number, picture: await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY }) });
  } catch (error) {
    self.postMessage({ number, error: String(error) });
  }
};
