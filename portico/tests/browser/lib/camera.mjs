// What a telephone sees: the text of the QR code on a page, read from its pixels.

import jsQR from "jsqr";

const SIZE = 400;

export const readPicture = async (page) => {
  const picture = page.locator("img.qr");
  await picture.waitFor();
  const pixels = await picture.evaluate(async (image, size) => {
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = size;
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0, size, size);
    return [...context.getImageData(0, 0, size, size).data];
  }, SIZE);
  return jsQR(Uint8ClampedArray.from(pixels), SIZE, SIZE)?.data;
};
