import { graphJsonFigure } from '../graph-json.ts';

const figure = graphJsonFigure('stringify');

export default figure;
