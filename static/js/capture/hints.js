// A first guess at the light, from a thumbnail, on the student's own device. The server's reasons say the rest.

export const Light = Object.freeze({ DARK: "dark", BRIGHT: "bright", BACKLIT: "backlit", GOOD: "good" });

const luma = (pixels, index) => 0.299 * pixels[index] + 0.587 * pixels[index + 1] + 0.114 * pixels[index + 2];

/** pixels: RGBA bytes of a width x height thumbnail. The middle is where a face would be. */
export function lightOf(pixels, width, height) {
  let [middle, middleCount, edge, edgeCount] = [0, 0, 0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const value = luma(pixels, 4 * (y * width + x));
      const isMiddle = Math.abs(x - width / 2) < width / 5 && Math.abs(y - height / 2) < height / 3;
      if (isMiddle) [middle, middleCount] = [middle + value, middleCount + 1];
      else [edge, edgeCount] = [edge + value, edgeCount + 1];
    }
  }
  return judge(middle / middleCount, edge / edgeCount);
}

function judge(middle, edge) {
  if (edge > 120 && middle < edge * 0.45) return Light.BACKLIT;
  if (middle < 45) return Light.DARK;
  return middle > 225 ? Light.BRIGHT : Light.GOOD;
}
